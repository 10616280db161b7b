"""Stands in for the database while no address is known, so that what needs none (parse_podium) runs without one."""
