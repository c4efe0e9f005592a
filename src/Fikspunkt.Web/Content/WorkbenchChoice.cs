using System.Security.Cryptography;
using System.Text;
using Fikspunkt.Definitions;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Models;
using Fikspunkt.Web.Hosting;

namespace Fikspunkt.Web.Content;

/// <summary>What was chosen in the workbench: a published model and what is to be different in it.</summary>
/// <param name="Base">The published model.</param>
/// <param name="Outcome">An outcome's id, or the total's.</param>
/// <param name="Covariates">The framework conditions.</param>
/// <param name="Estimator">How the expectation is fitted.</param>
/// <param name="Candidates">The conditions that can be chosen: the model's own first, then others that there are figures for.</param>
/// <param name="Figures">The store's figures, for conditions that the package does not hold.</param>
internal sealed record WorkbenchChoice(BenchmarkView Base, string Outcome, IReadOnlyList<CovariateSpec> Covariates, EstimatorSpec Estimator, IReadOnlyList<CovariateSpec> Candidates, Figures Figures)
{
    /// <summary>The ways of fitting by their names in addresses.</summary>
    public static IReadOnlyList<(string Name, EstimatorFamily Family, bool Weighted)> Estimators { get; } =
    [
        ("fractional-logit", EstimatorFamily.FractionalLogit, true), ("fractional-logit-unweighted", EstimatorFamily.FractionalLogit, false),
        ("linear", EstimatorFamily.Linear, true), ("linear-unweighted", EstimatorFamily.Linear, false),
    ];

    /// <summary>The rules for the expectation by their names in addresses.</summary>
    public static IReadOnlyList<(string Name, bool Pooled, bool LeaveOneOut)> Expectations { get; } =
    [
        ("leave-one-out", false, true), ("in-sample", false, false), ("pooled-leave-one-out", true, true), ("pooled-in-sample", true, false),
    ];

    private ModelSpec Published => Base.Content.Run.Spec;

    public string EstimatorName => Estimators.First(one => one.Family == Estimator.Family && one.Weighted == Estimator.WeightByExposure).Name;

    public string ExpectationName => Expectations.First(one => one.Pooled == Estimator.Pooled && one.LeaveOneOut == Estimator.LeaveOneOut).Name;

    /// <summary>Whether everything is as published.</summary>
    public bool AsPublished => Estimator == Published.Estimator && Covariates.SequenceEqual(Published.Covariates);

    /// <summary>The models that can be varied: those that fit an expectation of their own.</summary>
    public static IReadOnlyList<BenchmarkView> Bases(SiteContent content) => [.. content.Benchmarks.Where(view => view.Content.Run.Spec.Kind == ModelKind.ExpectedVersusActual)];

    /// <summary>Reads the choices; what is not chosen, or names nothing there is, is as published. Without any condition chosen in a form, the published ones are taken.</summary>
    public static WorkbenchChoice? Of(SiteContent content, SiteQuery query)
    {
        var bases = Bases(content);
        if ((bases.FirstOrDefault(view => view.Id == query.First(SiteQuery.Measurement)) ?? (bases is [var first, ..] ? first : null)) is not { } view)
        {
            return null;
        }

        var spec = view.Content.Run.Spec;
        var candidates = CandidatesOf(content, spec);
        var asked = query.All(SiteQuery.Covariates).ToHashSet(StringComparer.Ordinal);
        List<CovariateSpec> chosen = [.. candidates.Where(candidate => asked.Contains(candidate.Id))];
        var (family, weighted) = Estimators.Where(one => one.Name == query.First(SiteQuery.Estimator)).Select(one => (one.Family, one.Weighted)).DefaultIfEmpty((spec.Estimator.Family, spec.Estimator.WeightByExposure)).First();
        var (pooled, leaveOneOut) = Expectations.Where(one => one.Name == query.First(SiteQuery.Expectation)).Select(one => (one.Pooled, one.LeaveOneOut)).DefaultIfEmpty((spec.Estimator.Pooled, spec.Estimator.LeaveOneOut)).First();
        var outcome = query.First(SiteQuery.Outcome);
        var known = spec.Outcomes.Any(one => one.Id == outcome) || spec.Total?.Id == outcome;
        return new WorkbenchChoice(view, known ? outcome! : spec.Total?.Id ?? spec.Outcomes[0].Id, chosen.Count > 0 ? chosen : spec.Covariates, new EstimatorSpec(family, weighted, pooled, leaveOneOut), candidates, content.Figures);
    }

    /// <summary>The model that the choices make. Its id tells different choices apart.</summary>
    public ModelSpec Spec()
    {
        var spec = Published;
        var total = spec.Total?.Id == Outcome;
        var draft = spec with
        {
            Title = new LocalizedText($"Udkast: {spec.Title.Da}", $"Draft: {spec.Title.En}"),
            Outcomes = total ? [.. spec.Outcomes.Where(one => spec.Total!.Over.Contains(one.Id))] : [.. spec.Outcomes.Where(one => one.Id == Outcome)],
            Total = total ? spec.Total : null,
            Tables = [.. spec.Tables.Concat(FromStore().Select(series => series.Vintage.Table)).Distinct(StringComparer.Ordinal)],
            Covariates = Covariates,
            Estimator = Estimator,
        };
        return draft with { Id = $"udkast-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ModelYaml.Write(draft))))[..8]}" };
    }

    /// <summary>The series of conditions that the published model does not have.</summary>
    public IEnumerable<FigureSeries> FromStore() => Covariates.Except(Published.Covariates).Select(covariate => Figures.Find(covariate.Indicator, covariate.Breakdown)).OfType<FigureSeries>();

    // A condition is a figure that is not judged, is no count, and has no parts of its own; counts follow size and would explain nothing but that.
    private static IReadOnlyList<CovariateSpec> CandidatesOf(SiteContent content, ModelSpec spec)
    {
        var taken = spec.Covariates.Select(covariate => covariate.Indicator).Append(spec.Exposure.Indicator).Concat(spec.Outcomes.Select(one => one.Indicator)).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. spec.Covariates,
            .. content.Definitions.Indicators.Values.Where(indicator => indicator.Direction == Direction.NotJudged && !indicator.IsCount && !taken.Contains(indicator.Id) && content.Figures.Find(indicator.Id, Breakdown.Total) is not null)
                .OrderBy(indicator => indicator.Id, StringComparer.Ordinal)
                .Select(indicator => new CovariateSpec(indicator.Id, indicator.Name, indicator.Id, Breakdown.Total, CovariateTransform.None, NearestPeriod: true)),
        ];
    }
}
