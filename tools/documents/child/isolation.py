"""Giving up what a parser has no use for: memory, files, network, other processes.

Limits of memory, time and file size always hold. Network, files and system calls need Linux
namespaces, Landlock and seccomp; where the kernel refuses one the parse goes on without, and
`casegate doctor` shows it (`isolation`).
"""

import contextlib
import ctypes
import os
import resource
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from tools.documents.child.seccomp import refuse_calls

_PR_SET_DUMPABLE = 4
_PR_SET_NO_NEW_PRIVS = 38
_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000

# Landlock, linux/landlock.h: system calls 444 to 446 on every architecture.
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_CREATE_RULESET_VERSION = 1
_RULE_PATH_BENEATH = 1
_EXECUTE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 2, 1 << 3
_FS_RIGHTS = ((1, 13), (2, 14), (3, 15), (5, 16))
"""Since which version of Landlock how many file rights can be taken away."""


class Isolation(NamedTuple):
    """What the kernel granted."""

    network: bool
    files: bool
    calls: bool = False
    """System calls for sockets, programs, other processes and writing are refused."""


class _Ruleset(ctypes.Structure):
    _fields_ = (
        ("files", ctypes.c_uint64),
        ("network", ctypes.c_uint64),
        ("scoped", ctypes.c_uint64),
    )


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def isolate(*, memory_mb: int, seconds: float | None) -> Isolation:
    """Narrow this process for the rest of its life; call it before any byte of a file is read.

    It must have one thread only. `seconds` of processor time, None for a process that lives on.
    """
    tempfile.tempdir = "/nonexistent"
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    # As an unprivileged user a network namespace needs a user namespace around it.
    network = libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0
    files = _restrict_files(libc)
    memory = memory_mb * 1024 * 1024
    limits = [
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_AS, memory),
    ]
    if seconds is not None:
        # A process that lives on starts its threads first, then calls `refuse_calls`.
        limits += [(resource.RLIMIT_NPROC, 0), (resource.RLIMIT_CPU, int(seconds) + 1)]
    for limit, value in limits:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(limit, (value, value))
    calls = seconds is not None and refuse_calls(may_read=True)
    return Isolation(network=network or calls, files=files, calls=calls)


def _restrict_files(libc: ctypes.CDLL) -> bool:
    """Leave only reading, and only of Python, its packages and the system's libraries."""
    version = libc.syscall(_CREATE_RULESET, None, 0, _CREATE_RULESET_VERSION)
    if version < 1:
        return False
    rights = max(count for since, count in _FS_RIGHTS if since <= version)
    wanted = _Ruleset(files=(1 << rights) - 1)
    size = 8
    if version >= 4:
        wanted.network, size = 0b11, 16
    if version >= 6:
        # No signals to, and no abstract sockets of, processes outside.
        wanted.scoped, size = 0b11, 24
    ruleset = libc.syscall(_CREATE_RULESET, ctypes.byref(wanted), size, 0)
    if ruleset < 0:
        return False
    for path in _readable():
        _allow(libc, ruleset, path)
    done: bool = libc.syscall(_RESTRICT_SELF, ruleset, 0) == 0
    os.close(ruleset)
    return done


def _allow(libc: ctypes.CDLL, ruleset: int, path: Path) -> None:
    try:
        folder = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    allowed = _EXECUTE | _READ_FILE | (_READ_DIR if path.is_dir() else 0)
    rule = _PathBeneath(allowed=allowed, parent=folder)
    libc.syscall(_ADD_RULE, ruleset, _RULE_PATH_BENEATH, ctypes.byref(rule), 0)
    os.close(folder)


def _readable() -> tuple[Path, ...]:
    own = Path(__file__).resolve().parents[2]
    fixed = ("/usr", "/lib", "/lib64", "/etc", "/dev/urandom", "/dev/null", "/proc/cpuinfo")
    return (Path(sys.prefix), Path(sys.base_prefix), own, *map(Path, fixed))
