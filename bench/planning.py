"""How long the search for a year's dates takes, and what it proves; figures of one run."""

from argparse import ArgumentParser

from sqlalchemy.orm import Session
from stage import stage

from events_app.extensions import db
from events_app.planning.queries.plan_facts import plan_facts
from events_app.planning.year_plan import YearPlan, habit, plan_year

FIRST, LAST = 2024, 2030


def main() -> None:
    """Print a line a year."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("years", nargs="*", type=int, default=range(FIRST, LAST + 1))
    years = parser.parse_args().years
    print(f"{'':6}{'weeks':>6}{'cost':>6}{'bound':>7}{'seconds':>9}{'by habit':>10}")
    with stage() as site, site.app.app_context(), Session(db.engine) as session:
        for year in years:
            facts = plan_facts(session, year)
            print(_line(plan_year(facts), habit(facts)))


def _line(plan: YearPlan, usual: YearPlan) -> str:
    figures = f"{plan.weeks:>6}{plan.cost:>6}{plan.bound:>7}{plan.seconds:>9.3f}{usual.cost:>10}"
    return f"{plan.year:<6}{figures}"


if __name__ == "__main__":
    main()
