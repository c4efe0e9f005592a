using Fikspunkt.Domain;
using Fikspunkt.Domain.Models;

namespace Fikspunkt.Benchmarks.Measurements;

/// <summary>The sentences of a measurement that rests on a model of expected against actual.</summary>
internal static class SentenceSets
{
    /// <summary>On the country, then on each municipality: position, difference, money, change, contributions, the benefit farthest from its expectation, contradictions.</summary>
    /// <param name="model">The model.</param>
    /// <param name="headline">Id of the outcome that the measurement orders by.</param>
    /// <param name="latest">Every outcome in the latest period.</param>
    /// <param name="before">The period before; empty where there is none.</param>
    /// <param name="definitions">For the names.</param>
    public static IEnumerable<Statement> Of(ModelSpec model, string headline, IReadOnlyList<AreaResult> latest, IEnumerable<AreaResult> before, DefinitionSet definitions)
    {
        var totals = latest.Where(result => result.Outcome == headline).OrderBy(result => result.Area, StringComparer.Ordinal).ToList();
        var earlier = before.Where(result => result.Outcome == headline).ToDictionary(result => result.Area, StringComparer.Ordinal);
        var outcomes = model.Outcomes.ToDictionary(outcome => outcome.Id, outcome => outcome.Name, StringComparer.Ordinal);
        var covariates = model.Covariates.ToDictionary(covariate => covariate.Id, covariate => covariate.Name, StringComparer.Ordinal);
        var municipalities = definitions.Municipalities.ToDictionary(municipality => municipality.Code, municipality => municipality.Name, StringComparer.Ordinal);
        var parts = latest.Where(result => result.Outcome != headline && outcomes.ContainsKey(result.Outcome)).ToLookup(result => result.Area, result => (outcomes[result.Outcome], result), StringComparer.Ordinal);
        yield return new Statement(null, "position", Sentences.Counts(totals, model.Ranking.Coverage));
        yield return new Statement(null, "position", Sentences.First(totals, area => municipalities.GetValueOrDefault(area, area)));
        foreach (var total in totals)
        {
            yield return new Statement(total.Area, "position", Bilingual.Join(
                Sentences.Difference(total.DifferencePersons, total.Lower * total.Exposure, total.Upper * total.Exposure, total.Difference),
                Sentences.Position(total.Rank, total.RankLower, total.RankUpper, totals.Count)));
            if (total is { Kroner: { } kroner, Class: not SignificanceClass.AsExpected })
            {
                yield return new Statement(total.Area, "money", Sentences.Money(kroner));
            }

            if (earlier.TryGetValue(total.Area, out var previous))
            {
                yield return new Statement(total.Area, "change", Sentences.Change(previous, total));
            }

            if (Sentences.Contributions(total, covariates.GetValueOrDefault) is { } contributions)
            {
                yield return new Statement(total.Area, "contribution", contributions);
            }

            if (Sentences.LargestPart(total, parts[total.Area], model.Ranking.Coverage) is { } largest)
            {
                yield return new Statement(total.Area, "gap", largest);
            }

            if (Sentences.Contradiction(total, parts[total.Area]) is { } contradiction)
            {
                yield return new Statement(total.Area, "contradiction", contradiction);
            }
        }
    }
}
