using Fikspunkt.Domain;
using Fikspunkt.Domain.Models;

namespace Fikspunkt.Benchmarks.Measurements;

/// <summary>A model restricted to some of its outcomes, in its last period.</summary>
internal static class BenefitSubset
{
    /// <summary>The model with the outcomes of these benefit groups, and their sum as its total.</summary>
    /// <param name="spec">The model.</param>
    /// <param name="groups">Benefit group ids; a parent stands for all of its groups that the model has.</param>
    /// <param name="definitions">The groups' hierarchy.</param>
    /// <exception cref="InputException">The model has no outcome of a group, or no total.</exception>
    public static ModelSpec Of(ModelSpec spec, IReadOnlyCollection<string> groups, DefinitionSet definitions)
    {
        var subset = AllPeriods(spec, groups, definitions);
        return subset with { Periods = subset.Periods with { Select = [spec.Periods.Select[^1]] } };
    }

    /// <summary>The same in the last period but one; <see langword="null"/> when the model has only one.</summary>
    /// <inheritdoc cref="Of"/>
    public static ModelSpec? Before(ModelSpec spec, IReadOnlyCollection<string> groups, DefinitionSet definitions) => spec.Periods.Select is [.., var before, _]
        ? AllPeriods(spec, groups, definitions) is var subset ? subset with { Periods = subset.Periods with { Select = [before] } } : null
        : null;

    /// <summary>The same in all of its periods, without the trend by month.</summary>
    /// <inheritdoc cref="Of"/>
    public static ModelSpec AllPeriods(ModelSpec spec, IReadOnlyCollection<string> groups, DefinitionSet definitions)
    {
        var parents = definitions.BenefitGroups.ToDictionary(group => group.Id, group => group.Parent, StringComparer.Ordinal);
        bool IsIn(OutcomeSpec outcome, string group) => outcome.BenefitGroup is { } own && (own == group || parents.GetValueOrDefault(own) == group);
        var unknown = groups.Where(group => !spec.Outcomes.Any(outcome => IsIn(outcome, group))).ToList();
        if (unknown.Count > 0 || spec.Total is null)
        {
            throw new InputException([.. unknown.DefaultIfEmpty(spec.Id).Select(group => new InputProblem(Texts.ModelLacksBenefit, spec.Id, Found: group, Expected: string.Join(", ", spec.Outcomes.Select(outcome => outcome.BenefitGroup))))]);
        }

        var outcomes = spec.Outcomes.Where(outcome => groups.Any(group => IsIn(outcome, group))).ToList();
        return spec with { Periods = spec.Periods with { TrendMonths = 0 }, Outcomes = outcomes, Total = spec.Total with { Over = [.. outcomes.Select(outcome => outcome.Id)] } };
    }
}
