"""System calls that no parser has a use for, refused by the kernel (seccomp, Linux).

The list takes away, it does not allow: what libraries need differs by version, what harms does not.
A refused call fails with EPERM. Numbers: linux/arch/x86/entry/syscalls/syscall_64.tbl and
linux/include/uapi/asm-generic/unistd.h.
"""

import ctypes
import platform
from typing import NamedTuple

_SET_MODE_FILTER, _FLAG_TSYNC = 1, 1
_ALLOW, _KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_EPERM, _ENOSYS = 1, 38
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER_AT, _ARCH_AT = 0, 4
_ARGUMENTS_AT = 16
_X32 = 0x40000000
_CLONE_THREAD = 0x00010000
_WRITES = 0o1 | 0o2 | 0o100 | 0o1000
"""O_WRONLY, O_RDWR, O_CREAT, O_TRUNC."""


class _Machine(NamedTuple):
    arch: int
    seccomp: int
    clone: int
    open_at: int
    open_: int | None
    refused: tuple[int, ...]


# Same numbers on every architecture since Linux 5.1: pidfd_send_signal, io_uring (3), open_tree,
# move_mount, fsopen, fsconfig, fsmount, fspick, pidfd_open, pidfd_getfd, process_madvise,
# mount_setattr, quotactl_fd, process_mrelease.
_NEW = (424, 425, 426, 427, 428, 429, 430, 431, 432, 433, 434, 438, 440, 442, 443, 448)
_CLONE3, _OPENAT2 = 435, 437

_X86_64 = _Machine(
    arch=0xC000003E, seccomp=317, clone=56, open_at=257, open_=2,
    refused=(
        # socket, connect, accept, sendto, sendmsg, bind, listen, socketpair, accept4, sendmmsg
        41, 42, 43, 44, 46, 49, 50, 53, 288, 307,
        # fork, vfork, execve, execveat, kill, tkill
        57, 58, 59, 322, 62, 200,
        # ptrace, process_vm_readv, process_vm_writev, kcmp
        101, 310, 311, 312,
        # rename, mkdir, rmdir, creat, link, unlink, symlink, chmod, fchmod, chown, fchown, lchown
        82, 83, 84, 85, 86, 87, 88, 90, 91, 92, 93, 94,
        # truncate, mknod, mkdirat, mknodat, fchownat, unlinkat, renameat, linkat, symlinkat
        76, 133, 258, 259, 260, 263, 264, 265, 266, 268, 316,
        # setuid, setgid, setgroups, setresuid, setresgid, setns, unshare, personality
        105, 106, 116, 117, 119, 308, 272, 135,
        # pivot_root, chroot, mount, umount2, swapon, reboot, sethostname, modules, kexec
        155, 161, 165, 166, 167, 168, 169, 170, 175, 176, 313, 246, 320,
        # settimeofday, clock_settime, adjtimex, keys (3), perf_event_open, fanotify, bpf,
        # userfaultfd, name_to_handle_at, open_by_handle_at, memfd_create, quotactl, acct, iopl
        164, 227, 159, 248, 249, 250, 298, 300, 321, 323, 303, 304, 319, 179, 163, 172, 173,
        *_NEW,
    ),
)  # fmt: skip

_AARCH64 = _Machine(
    arch=0xC00000B7, seccomp=277, clone=220, open_at=56, open_=None,
    refused=(
        # socket, socketpair, bind, listen, accept, connect, sendto, sendmsg, accept4, sendmmsg
        198, 199, 200, 201, 202, 203, 206, 211, 242, 269,
        # execve, execveat, kill, tkill
        221, 281, 129, 130,
        # ptrace, process_vm_readv, process_vm_writev, kcmp
        117, 270, 271, 272,
        # mknodat, mkdirat, unlinkat, symlinkat, linkat, renameat, renameat2, truncate, fchmod,
        # fchmodat, fchownat, fchown
        33, 34, 35, 36, 37, 38, 276, 45, 52, 53, 54, 55,
        # setgid, setuid, setresuid, setresgid, setgroups, setns, unshare, personality
        144, 146, 147, 149, 159, 268, 97, 92,
        # umount2, mount, pivot_root, chroot, swapon, swapoff, reboot, sethostname, modules, kexec
        39, 40, 41, 51, 224, 225, 142, 161, 105, 106, 273, 104, 294,
        # settimeofday, clock_settime, adjtimex, keys (3), perf_event_open, fanotify_init, bpf,
        # userfaultfd, name_to_handle_at, open_by_handle_at, memfd_create, quotactl, acct
        170, 112, 171, 217, 218, 219, 241, 262, 280, 282, 264, 265, 279, 60, 89,
        *_NEW,
    ),
)  # fmt: skip

_MACHINES = {"x86_64": _X86_64, "aarch64": _AARCH64}


class _Instruction(ctypes.Structure):
    _fields_ = (
        ("code", ctypes.c_uint16),
        ("if_true", ctypes.c_uint8),
        ("if_false", ctypes.c_uint8),
        ("value", ctypes.c_uint32),
    )


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_uint16), ("start", ctypes.POINTER(_Instruction)))


def refuse_calls(*, may_read: bool) -> bool:
    """Refuse them for all threads of this process, for good; tell whether the kernel agreed.

    `may_read` leaves opening files for reading; without it no file can be opened at all. The
    process must have given up new privileges before.
    """
    machine = _MACHINES.get(platform.machine())
    if machine is None:
        return False
    instructions = _instructions(machine, may_read=may_read)
    array = (_Instruction * len(instructions))(*instructions)
    program = _Program(len(instructions), array)
    libc = ctypes.CDLL(None, use_errno=True)
    done: bool = (
        libc.syscall(machine.seccomp, _SET_MODE_FILTER, _FLAG_TSYNC, ctypes.byref(program)) == 0
    )
    return done


def _instructions(machine: _Machine, *, may_read: bool) -> list[_Instruction]:
    def step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> _Instruction:
        return _Instruction(code, if_true, if_false, value)

    refuse = step(_RETURN, _ERRNO | _EPERM)
    steps = [
        step(_LOAD, _ARCH_AT), step(_EQUAL, machine.arch, 1, 0), step(_RETURN, _KILL),
        step(_LOAD, _NUMBER_AT), step(_AT_LEAST, _X32, 0, 1), step(_RETURN, _ERRNO | _ENOSYS),
    ]  # fmt: skip
    for number in machine.refused:
        steps += [step(_EQUAL, number, 0, 1), refuse]
    for number in (_CLONE3, _OPENAT2):
        # The C library falls back to the older call, whose flags can be looked at.
        steps += [step(_EQUAL, number, 0, 1), step(_RETURN, _ERRNO | _ENOSYS)]
    steps += [
        step(_EQUAL, machine.clone, 0, 4), step(_LOAD, _ARGUMENTS_AT),
        step(_ANY_BIT, _CLONE_THREAD, 1, 0), refuse, step(_RETURN, _ALLOW),
    ]  # fmt: skip
    opening = [(machine.open_at, 2)] + ([] if machine.open_ is None else [(machine.open_, 1)])
    for number, argument in opening:
        if not may_read:
            steps += [step(_EQUAL, number, 0, 1), refuse]
            continue
        steps += [
            step(_EQUAL, number, 0, 4), step(_LOAD, _ARGUMENTS_AT + 8 * argument),
            step(_ANY_BIT, _WRITES, 0, 1), refuse, step(_RETURN, _ALLOW),
        ]  # fmt: skip
    return [*steps, step(_RETURN, _ALLOW)]
