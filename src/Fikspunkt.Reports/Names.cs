using System.Globalization;
using Fikspunkt.Benchmarks;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Models;

namespace Fikspunkt.Reports;

/// <summary>What ids are called in one language. An id without a definition is shown as it is.</summary>
internal sealed class Names
{
    private readonly CultureInfo culture;
    private readonly Dictionary<string, Municipality> municipalities;
    private readonly Dictionary<string, LocalizedText> outcomes;
    private readonly Dictionary<string, LocalizedText> covariates;
    private readonly Dictionary<string, SeriesBreak> breaks;
    private readonly IReadOnlyDictionary<string, Indicator> indicators;

    public Names(ModelSpec spec, DefinitionSet definitions, CultureInfo culture)
        : this(definitions, culture)
    {
        outcomes = spec.Outcomes.ToDictionary(outcome => outcome.Id, outcome => outcome.Name, StringComparer.Ordinal);
        if (spec.Total is { } total)
        {
            outcomes[total.Id] = total.Name;
        }

        covariates = spec.Covariates.ToDictionary(covariate => covariate.Id, covariate => covariate.Name, StringComparer.Ordinal);
        Exposure = definitions.Indicators.TryGetValue(spec.Exposure.Indicator, out var exposure) ? exposure.Name.In(culture) : spec.Exposure.Indicator;
        var counts = spec.Outcomes.Where(outcome => outcome.Scale == OutcomeScale.Count).Select(outcome => outcome.Id).ToHashSet(StringComparer.Ordinal);
        if (spec.Total is { } sum && sum.Over.All(counts.Contains))
        {
            counts.Add(sum.Id);
        }

        CountOutcomes = counts;
    }

    /// <summary>Names of what no model holds: municipalities, indicators, breaks.</summary>
    public Names(DefinitionSet definitions, CultureInfo culture)
    {
        this.culture = culture;
        municipalities = definitions.Municipalities.ToDictionary(m => m.Code, StringComparer.Ordinal);
        outcomes = new Dictionary<string, LocalizedText>(StringComparer.Ordinal);
        covariates = new Dictionary<string, LocalizedText>(StringComparer.Ordinal);
        indicators = definitions.Indicators;
        breaks = definitions.Breaks.ToDictionary(entry => entry.Id, StringComparer.Ordinal);
        Exposure = "";
        CountOutcomes = new HashSet<string>(StringComparer.Ordinal);
    }

    /// <summary>What shares are taken of.</summary>
    public string Exposure { get; }

    /// <summary>Outcomes that count persons, so that share times exposure is a number of persons.</summary>
    public IReadOnlySet<string> CountOutcomes { get; }

    public string Municipality(string code) => municipalities.TryGetValue(code, out var m) ? m.NameIn(culture) : code;

    public string Outcome(string id) => outcomes.TryGetValue(id, out var name) ? name.In(culture) : id;

    public string Covariate(string id) => id switch
    {
        ContributionIds.LeaveOneOut => Texts.ContributionLeaveOneOut,
        ContributionIds.Curvature => Texts.ContributionCurvature,
        _ => covariates.TryGetValue(id, out var name) ? name.In(culture) : id,
    };

    public string Term(string id) => string.Equals(id, "(intercept)", StringComparison.Ordinal) ? Texts.TermIntercept : Covariate(id);

    /// <summary>The name of whatever has the id: outcome, covariate, series (<c>indicator (breakdown)</c>) or break.</summary>
    public string Any(string id)
    {
        if (outcomes.TryGetValue(id, out var outcome))
        {
            return outcome.In(culture);
        }

        if (breaks.TryGetValue(id, out var entry))
        {
            return $"{entry.Title.In(culture)} ({Words.Date(entry.Date)})";
        }

        return covariates.TryGetValue(id, out var covariate) ? covariate.In(culture) : Series(id);
    }

    public string Break(string id) => breaks.TryGetValue(id, out var entry)
        ? $"{Words.Date(entry.Date)}: {entry.Title.In(culture)}. {entry.Description.In(culture)} ({entry.Source})"
        : id;

    private string Series(string id)
    {
        var indicator = id.Split(' ')[0];
        return indicators.TryGetValue(indicator, out var known) ? known.Name.In(culture) + id[indicator.Length..] : id;
    }
}
