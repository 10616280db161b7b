"""From inside the walls there is no way out, by Python's own calls or by a library's."""

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
START = f"""
import ctypes, errno, os, sys
sys.path.append({str(ROOT)!r})
from documents.reading.walls import set_limits, shut_doors
import socket, subprocess, tempfile, shutil
tempfile.tempdir = '/tmp'
libc = ctypes.CDLL(None, use_errno=True)
def refused(answer):
    return answer == -1 and ctypes.get_errno() == errno.EPERM
"""
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="system calls are filtered on Linux")


def inside(words: str, before: str = "") -> subprocess.CompletedProcess[str]:
    script = f"{START}\n{textwrap.dedent(before)}\nshut_doors()\n{textwrap.dedent(words)}"
    return subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize(
    "call",
    [
        "socket.socket()",
        "socket.getaddrinfo('localhost', 80)",
        "subprocess.run(['true'])",
        "os.system('true')",
        "os.fork()",
        "os.execv('/bin/true', ['true'])",
        "os.posix_spawn('/bin/true', ['true'], {})",
        "os.kill(os.getppid(), 0)",
        "open('/etc/hostname')",
        "open('written', 'w')",
        "os.open('/etc/hostname', os.O_RDONLY)",
        "os.listdir('/')",
        "os.remove('/nothing')",
        "tempfile.TemporaryFile()",
        "tempfile.mkdtemp()",
        "shutil.rmtree('/nothing')",
        "ctypes.CDLL('libc.so.6')",
    ],
)
def test_python_refuses(call: str):
    done = inside(f"try:\n    {call}\nexcept PermissionError:\n    print('refused')")
    assert done.stdout == "refused\n", done.stderr


@on_linux
@pytest.mark.parametrize(
    "call",
    [
        "socket(2, 1, 0)",
        "connect(0, None, 0)",
        "execv(b'/bin/true', None)",
        "fork()",
        "vfork()",
        "kill(os.getppid(), 0)",
        "ptrace(0, 0, 0, 0)",
        "open(b'/etc/hostname', 0)",
        "openat(-100, b'/etc/hostname', 0)",
        "creat(b'written', 0o600)",
        "unlink(b'/nothing')",
        "mkdir(b'made', 0o700)",
        "memfd_create(b'a', 0)",
        "shmget(0, 4096, 0o1600)",
        "syscall(425, 1, None)",  # io_uring_setup
        "syscall(435, None, 0)",  # clone3
        "unshare(0)",
        "setrlimit(7, None)",
    ],
)
def test_the_system_refuses_what_a_library_asks(call: str):
    done = inside(f"print(refused(libc.{call}))")
    assert done.stdout == "True\n", done.stderr


@on_linux
def test_a_call_by_another_architectures_numbers_kills():
    """On x86-64 a process can ask by the old 32-bit numbers, where 1 is to exit: with the filter it is killed for it."""
    code = "mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)"
    before = f"""
        import mmap, platform
        if platform.machine() != "x86_64":
            print("skip"); sys.exit()
        page = {code}
        page.write(bytes.fromhex("b801000000" "31db" "cd80" "c3"))  # eax = 1, ebx = 0, int 0x80
        exit_32 = ctypes.CFUNCTYPE(None)(ctypes.addressof(ctypes.c_char.from_buffer(page)))
    """
    done = inside("exit_32()", before)
    assert done.stdout == "skip\n" or done.returncode < 0


def test_computing_and_what_is_open_go_on():
    done = inside("import json\nsys.stdout.write(json.dumps(sum(range(10))))", "import json")
    assert (done.returncode, done.stdout) == (0, "45")


def test_memory_is_limited():
    done = inside(
        "try:\n    bytes(200 << 20)\nexcept MemoryError:\n    print('limited')",
        "set_limits(cpu_seconds=5, megabytes=128)",
    )
    assert done.stdout == "limited\n", done.stderr


def test_time_is_limited():
    done = inside("while True: pass", "set_limits(cpu_seconds=1, megabytes=128)")
    assert done.returncode < 0
