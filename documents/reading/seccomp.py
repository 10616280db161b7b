"""A filter of system calls that is put around the process itself (Linux; x86-64 and 64-bit ARM).

What is not on the list is answered with *operation not permitted*: no file is opened, no socket, no other process
started, signalled or looked into. The list is what an interpreter needs to compute, to get memory, and to read and
write what it has open already. https://docs.kernel.org/userspace-api/seccomp_filter.html
"""

import ctypes
import errno
import platform
import struct
import sys

_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2  # prctl(2)
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06  # BPF: load a word, jump if equal, return
_KILL, _REFUSE, _ALLOW = 0x80000000, 0x00050000 | errno.EPERM, 0x7FFF0000
_NUMBER, _ARCHITECTURE = 0, 4  # offsets in struct seccomp_data

# The numbers of each call on x86-64 and on 64-bit ARM, which has neither poll nor time.
# fmt: off
_CALLS: dict[str, tuple[int, int | None]] = {
    "read": (0, 63), "write": (1, 64), "readv": (19, 65), "writev": (20, 66), "pread64": (17, 67), "lseek": (8, 62),
    "close": (3, 57), "fstat": (5, 80), "fstatat": (262, 79), "mmap": (9, 222), "munmap": (11, 215),
    "mremap": (25, 216), "mprotect": (10, 226), "madvise": (28, 233), "brk": (12, 214), "futex": (202, 98),
    "rseq": (334, 293), "set_robust_list": (273, 99), "membarrier": (324, 283), "sched_yield": (24, 124),
    "sched_getaffinity": (204, 123), "getcpu": (309, 168), "rt_sigaction": (13, 134), "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139), "sigaltstack": (131, 132), "restart_syscall": (219, 128), "exit": (60, 93),
    "exit_group": (231, 94), "getrusage": (98, 165), "clock_gettime": (228, 113), "clock_getres": (229, 114),
    "gettimeofday": (96, 169), "nanosleep": (35, 101), "clock_nanosleep": (230, 115), "times": (100, 153),
    "getpid": (39, 172), "gettid": (186, 178), "getrandom": (318, 278), "poll": (7, None), "ppoll": (271, 73),
    "time": (201, None), "sysinfo": (99, 179), "uname": (63, 160),
}
# fmt: on


# What the kernel calls an architecture, and the numbers there.
_MACHINES = {
    "x86_64": (0xC000003E, [number for number, _ in _CALLS.values()]),
    "aarch64": (0xC00000B7, [number for _, number in _CALLS.values() if number is not None]),
}


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p)]


def close_calls() -> bool:
    """Put the filter around this process, for good. False where there is no such filter; then nothing has changed."""
    machine = _MACHINES.get(platform.machine())
    if sys.platform != "linux" or machine is None or sys.maxsize < 2**32:
        return False
    program = _filter(*machine)
    held = ctypes.create_string_buffer(program)
    given = _Program(len(program) // 8, ctypes.addressof(held))
    libc = ctypes.CDLL(None)
    if libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        return False
    return bool(libc.prctl(_SET_SECCOMP, _FILTER, ctypes.byref(given), 0, 0) == 0)


def _filter(architecture: int, numbers: list[int]) -> bytes:
    """The filter as BPF. Numbers of another architecture mean other calls, so a process that uses them is killed; those
    of x32 have a bit of their own and are therefore none of the list."""
    steps = [
        _step(_LOAD, _ARCHITECTURE),
        _step(_EQUAL, architecture, then=1),
        _step(_RETURN, _KILL),
        _step(_LOAD, _NUMBER),
    ]
    steps += [_step(_EQUAL, number, then=len(numbers) - at) for at, number in enumerate(numbers)]
    return b"".join([*steps, _step(_RETURN, _REFUSE), _step(_RETURN, _ALLOW)])


def _step(code: int, value: int, *, then: int = 0) -> bytes:
    """One instruction; ``then`` is how many are jumped over if the comparison holds."""
    return struct.pack("=HBBI", code, then, 0, value)
