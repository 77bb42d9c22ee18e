"""The client table of a FILE with what --rates and --facts add: cost to serve, net profit, and what a file of client facts says."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

from sbyt_core.clients import ClientTable, client_table
from sbyt_core.clients.cost import CostToServe, cost_to_serve, with_cost
from sbyt_core.clients.facts import ClientFacts, match_facts, read_fact_table, with_facts
from sbyt_core.clients.rates import Rates, rates_from_json
from sbyt_core.errors import BadFile, BadInput
from sbyt_core.sales.apart.reading import reading_service
from sbyt_core.sales.model import SalesData


@dataclass(frozen=True, eq=False)
class Costed:
    """A client table; cost: None without --rates; facts: None without --facts."""

    clients: ClientTable
    cost: CostToServe | None
    facts: ClientFacts | None

    @property
    def warnings(self) -> list[str]:
        """Codes of what the user should know of costs and facts."""
        problems = self.cost.problems if self.cost else self.facts.problems if self.facts else ()
        return list(dict.fromkeys(problem.code for problem in problems if problem.severity == "warning"))


def costed_clients(args: argparse.Namespace, sales: SalesData) -> Costed:
    """The clients of the default period with what the options add. Raises BadFile and BadInput."""
    rates = read_rates(args.rates)
    facts = read_facts(args.facts, sales)
    clients = client_table(sales)
    if facts is not None:
        clients = with_facts(clients, facts)
    if rates is None:
        return Costed(clients, None, facts)
    cost = cost_to_serve(clients, rates, facts)
    return Costed(with_cost(clients, cost), cost, facts)


def read_rates(path: str | None) -> Rates | None:
    """The rates of a JSON file. Raises BadInput."""
    if path is None:
        return None
    try:
        return rates_from_json(Path(path).read_bytes())
    except OSError:
        raise BadInput("file_not_found", path=path) from None


def read_facts(path: str | None, sales: SalesData) -> ClientFacts | None:
    """The facts of a file of clients, matched with the clients of the sales. Raises BadFile and BadInput."""
    if path is None:
        return None
    try:
        content = Path(path).read_bytes()
    except OSError:
        raise BadFile("file_not_found", path=path) from None
    return match_facts(read_fact_table(reading_service().read_table(content), name=Path(path).name), sales.lines)
