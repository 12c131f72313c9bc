"""Where the time goes: profiles of a 304 and of the first request after one event changed."""

from cProfile import Profile
from pstats import Stats

from stage import Stage, stage

ALL = "/feeds/all.ics"
SHOWN = 25


def main() -> None:
    """Print both profiles, by cumulative time."""
    with stage() as site:
        print_304(site)
        print_changed(site)


def print_304(site: Stage, times: int = 500) -> None:
    """Profile requests of who has this version."""
    known = site.ask(ALL, if_none_match=site.ask(ALL)().etag)
    known()
    profile = Profile()
    for _ in range(times):
        profile.runcall(known)
    print(f"{times} times 304")
    Stats(profile).sort_stats("cumulative").print_stats(SHOWN)


def print_changed(site: Stage, times: int = 20) -> None:
    """Profile requests that find one event changed and the pieces of all others kept."""
    whole, profile = site.ask(ALL), Profile()
    whole()
    for _ in range(times):
        site.change_one()
        profile.runcall(whole)
    print(f"{times} times with one event changed")
    Stats(profile).sort_stats("cumulative").print_stats(SHOWN)


if __name__ == "__main__":
    main()
