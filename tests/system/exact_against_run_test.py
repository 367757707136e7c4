"""Simulation against enumeration: every share that `run` reports agrees with `exact`.

10^8 replicates on the scenario's fixed seed. Each share is compared with the standard error from
its exact probability at 4.5 standard errors; where fewer than 25 events (or non-events) are
expected, by an exact binomial tail above 7e-6. Over some 400 shares both levels hold the chance
of a false alarm below 3 in 1,000.
"""
import math
import unittest

from support import TACROLIMUS_FLAGS, ProgramTest

REPLICATES = 10**8
SHARES = {"power", "power_favourable", "evaluable", "coverage", "miss_below", "miss_above",
          "infinite", "undefined", "finite", "reject_but_covers_null", "accept_but_excludes_null",
          "a_not_b", "b_not_a"}


def binomial_tail(count, replicates, probability):
    """The smaller tail of Binomial(replicates, probability) at count, for a small mean."""
    log_terms = (math.lgamma(replicates + 1) - math.lgamma(k + 1) - math.lgamma(replicates - k + 1)
                 + k * math.log(probability) + (replicates - k) * math.log1p(-probability)
                 for k in range(count + 1))
    terms = [math.exp(term) for term in log_terms]
    lower = sum(terms)
    return min(lower, 1 - lower + terms[-1])


def disagreement(share, probability):
    """None where the simulated share is plausible under the exact probability, else why not."""
    if probability > 0.5:
        share, probability = 1 - share, 1 - probability
    count = round(share * REPLICATES)
    if probability < 1e-13:
        return None if count == 0 else f"{count} events where none can be"
    if probability * REPLICATES < 25:
        tail = binomial_tail(count, REPLICATES, probability)
        return None if tail > 7e-6 else f"{count} events, tail {tail:.1e}"
    z = (share - probability) / math.sqrt(probability * (1 - probability) / REPLICATES)
    return None if abs(z) <= 4.5 else f"z = {z:.2f}"


def shares_in(node, path=()):
    """Every (path, value) in a cell's JSON whose name is that of a share."""
    for key, child in node.items():
        if key in SHARES and isinstance(child, dict) and "value" in child:
            yield (*path, key), child["value"]
        elif isinstance(child, dict):
            yield from shares_in(child, (*path, key))


class ExactAgainstRun(ProgramTest):
    def test_every_share_of_a_simulation_agrees_with_the_enumeration(self):
        exact = self.run_json("exact", *TACROLIMUS_FLAGS)["cells"][0]
        simulated = self.run_json("run", *TACROLIMUS_FLAGS, "--replicates", REPLICATES,
                                  "--seed", 20230313)["cells"][0]
        self.assertEqual(simulated["replicates"], REPLICATES)
        expected = dict(shares_in(exact))
        found = dict(shares_in(simulated))
        self.assertEqual(set(found), set(expected))
        self.assertGreater(len(found), 200)
        faults = {path: why for path, share in found.items()
                  if share is not None and (why := disagreement(share, expected[path]))}
        self.assertEqual(faults, {})

    def test_what_is_said_of_rejected_trials_agrees_with_the_enumeration(self):
        replicates = 10**7
        exact = self.run_json("exact", *TACROLIMUS_FLAGS)["cells"][0]["tests"]
        simulated = self.run_json("run", *TACROLIMUS_FLAGS, "--replicates", replicates,
                                  "--seed", 7)["cells"][0]["tests"]
        for name, found in simulated.items():
            expected = exact[name]
            for mean in ("exaggeration_ratio", "fragility_mean"):
                z = (found[mean]["value"] - expected[mean]["value"]) / found[mean]["mcse"]
                self.assertLess(abs(z), 4.5, (name, mean))
            for share in ("sign_error", "reject_finite", "fragile"):
                p = expected[share]["value"]
                error = math.sqrt(max(p * (1 - p), 1e-13) / found["n_reject"])
                z = (found[share]["value"] - p) / error
                self.assertLess(abs(z), 4.5, (name, share))
            self.assertEqual(found["fragility_median"]["value"],
                             expected["fragility_median"]["value"])

    def test_the_tables_of_a_contradiction_have_its_probability(self):
        cell = self.run_json("exact", *TACROLIMUS_FLAGS, "--set",
                             'analysis.pairs=[["fisher", "odds_ratio:woolf"]]')["cells"][0]
        contradictions = 0
        for pair in cell["pairs"].values():
            for kind in ("reject_but_covers_null", "accept_but_excludes_null"):
                tables = [t for t in pair["tables"] if t["kind"] == kind]
                total = math.fsum(t["probability"] for t in tables)
                self.assertAlmostEqual(total, pair[kind]["value"], delta=1e-15)
                contradictions += len(tables)
        self.assertGreater(contradictions, 50)

    def test_the_reported_error_of_a_simulated_share_is_that_of_a_proportion(self):
        cell = self.run_json("run", *TACROLIMUS_FLAGS, "--replicates", 10**6)["cells"][0]
        power = cell["tests"]["fisher"]["power"]
        expected = math.sqrt(power["value"] * (1 - power["value"]) / 10**6)
        self.assertAlmostEqual(power["mcse"], expected, delta=1e-12)


if __name__ == "__main__":
    unittest.main()
