using Fikspunkt.Benchmarks.Panels;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Measurements;
using Fikspunkt.Domain.Models;
using Fikspunkt.Statistics;
using Fikspunkt.Statistics.Groups;
using Fikspunkt.Statistics.Numerics;
using Fikspunkt.Statistics.Rates;

namespace Fikspunkt.Benchmarks.Measurements.Comparison;

/// <summary>A municipality's share in one period.</summary>
/// <param name="Area">Municipality code.</param>
/// <param name="Share">Share of the base.</param>
/// <param name="Base">Persons in the base.</param>
/// <param name="Variance">Its variance by chance.</param>
internal readonly record struct ComparedShare(string Area, double Share, double Base, double Variance)
{
    /// <summary>Wilson's interval for as many independent persons as the chance variation amounts to.</summary>
    public Interval Interval(double confidence)
    {
        var persons = Variance > 0 ? Share * (1 - Share) / Variance : Base;
        return Wilson.Interval(Share * persons, persons, confidence);
    }
}

/// <summary>A municipality's difference from others.</summary>
/// <param name="Others">The others' share, all persons together; NaN where there are none.</param>
/// <param name="Difference">Own share minus theirs.</param>
/// <param name="StandardError">Its standard error by chance.</param>
internal readonly record struct ShareDifference(double Others, double Difference, double StandardError)
{
    public Interval Interval(double confidence)
    {
        var width = NormalDistribution.Quantile((1 + confidence) / 2) * StandardError;
        return new Interval(Difference - width, Difference + width);
    }

    /// <summary>Own share against that of others.</summary>
    /// <param name="own">Own share.</param>
    /// <param name="others">The others, without the municipality itself.</param>
    /// <param name="together">Whether the figure shown is that of all of them with the municipality, as for a country. With w its part of the
    /// persons, p - P = (1 - w) (p - P of the others), which is the standard error's factor too.</param>
    public static ShareDifference Of(ComparedShare own, IReadOnlyCollection<ComparedShare> others, bool together)
    {
        var persons = others.Sum(other => other.Base);
        if (persons <= 0)
        {
            return new ShareDifference(double.NaN, double.NaN, double.NaN);
        }

        var mean = others.Sum(other => other.Base / persons * other.Share);
        var variance = own.Variance + others.Sum(other => other.Base / persons * (other.Base / persons) * other.Variance);
        var part = together ? persons / (persons + own.Base) : 1;
        var difference = part * (own.Share - mean);
        return new ShareDifference(own.Share - difference, difference, part * Math.Sqrt(variance));
    }
}

/// <summary>An indicator as shares of a named base, in the periods of a model, with its framework conditions.</summary>
internal sealed class ComparedIndicator
{
    private readonly MeasurementSpec spec;
    private readonly MeasurementInput input;
    private readonly ModelSpec model;
    private readonly List<AreaResult> latest;

    /// <summary>Reads and checks the indicator through the model, which also says how large chance is.</summary>
    /// <exception cref="InputException">A setting cannot be used, or the figures do not allow it.</exception>
    public ComparedIndicator(MeasurementSpec spec, MeasurementInput input)
    {
        (this.spec, this.input) = (spec, input);
        if (spec.Model is null)
        {
            throw Wrong("model", Texts.ExpectedText);
        }

        var framework = input.Definitions.Models[spec.Model];
        Indicator = Known("indicator");
        BaseIndicator = Known("base");
        Scale = Choice("scale", OutcomeScale.Count, [("count", OutcomeScale.Count), ("per-cent", OutcomeScale.PerCent), ("per-thousand", OutcomeScale.PerThousand)]);
        var noise = Choice("chance", framework.Noise, [("panel", new NoiseSpec(NoiseModel.Panel, null)), ("binomial", new NoiseSpec(NoiseModel.Binomial, 1))]);
        model = framework with
        {
            Periods = PeriodsOf(framework),
            Outcomes = [new OutcomeSpec(spec.Id, spec.Title, Indicator.Id, spec.Text("breakdown"), Scale, null, null, 0, null)],
            Total = null,
            Exposure = new ExposureSpec(BaseIndicator.Id, spec.Text("base_breakdown"), NearestPeriod: false),
            Noise = noise,
        };
        Run = input.Run(model);
        Periods = [.. Run.Results.GroupBy(result => result.Period).OrderBy(period => period.Key).Select(period => (period.Key, (IReadOnlyList<ComparedShare>)[.. period.OrderBy(result => result.Area, StringComparer.Ordinal).Select(Share)]))];
        latest = [.. Run.Results.Where(result => result.Period == Periods[^1].Period).OrderBy(result => result.Area, StringComparer.Ordinal)];
    }

    public Indicator Indicator { get; }

    public Indicator BaseIndicator { get; }

    public OutcomeScale Scale { get; }

    public BenchmarkRun Run { get; }

    /// <summary>The periods in order, with shares by area code.</summary>
    public IReadOnlyList<(Period Period, IReadOnlyList<ComparedShare> Shares)> Periods { get; }

    /// <summary>The indicator's name, with the group that the breakdown names.</summary>
    public LocalizedText Name => Group(spec.Text("breakdown")) is { } group ? new($"{Indicator.Name.Da}, {group.Da}", $"{Indicator.Name.En}, {group.En}") : Indicator.Name;

    /// <summary>What the shares are shares of.</summary>
    public LocalizedText BaseName => BaseIndicator.Name;

    /// <summary>The framework conditions as they enter the model: one row a municipality of the latest period.</summary>
    public RowMatrix Conditions() => RowMatrix.FromColumns([.. model.Covariates.Select(covariate => latest.Select(result => Transforms.Apply(covariate.Transform, result.Contributions.First(part => part.Covariate == covariate.Id).Value)).ToArray())]);

    /// <summary>Every rule for peers that the definition has what it takes for.</summary>
    /// <exception cref="InputException">The figures do not allow a rule.</exception>
    public IReadOnlyList<PeerRule> PeerRules()
    {
        try
        {
            var conditions = Conditions();
            double[] shares = [.. latest.Select(result => result.Actual)];
            double[] persons = [.. latest.Select(result => result.Exposure)];
            LocalizedText own = new("rammevilkårenes egne grundlag", "the framework conditions' own bases");
            var rules = new List<PeerRule>
            {
                new(Peers.Weighted, new("rammevilkår, vægtet efter hvad de siger om andelen (standardafvigelser af andelen)", "framework conditions weighted by what they say about the share (standard deviations of the share)"), own, Peers.ByWeightedConditions(conditions, shares, persons)),
                new(Peers.Equal, new("rammevilkår, alle lige vægtige (standardafvigelser)", "framework conditions, all weighing the same (standard deviations)"), own, Peers.ByConditions(conditions)),
            };
            if (spec.List("parts").Count > 0)
            {
                var counts = Parts();
                var names = string.Join(", ", spec.List("parts").Select(part => Group(part)?.Da ?? part));
                var english = string.Join(", ", spec.List("parts").Select(part => Group(part)?.En ?? part));
                rules.Add(new(Peers.OfParts, new($"sammensætning af {names} (halv sum af forskelle)", $"composition of {english} (half the sum of differences)"), new("summen af de nævnte dele", "the sum of the parts named"), Peers.ByComposition(counts, Shares.RowSums(counts), CompositionDistance.TotalVariation)));
                rules.Add(new(Peers.OfBase, new($"andele af {names} (sum af forskelle)", $"shares of {english} (sum of differences)"), BaseName, Peers.ByComposition(counts, persons, CompositionDistance.Manhattan)));
            }

            return rules;
        }
        catch (StatisticsException fault)
        {
            throw new InputException(new InputProblem(Texts.PeersNotFound.With(fault.Message), $"definitions/measurements/{spec.Id}.yaml"), fault);
        }
    }

    /// <summary>The text of a setting that must be one of some.</summary>
    public T Choice<T>(string setting, T usual, IReadOnlyList<(string Name, T Value)> choices)
    {
        var text = spec.Text(setting);
        return text.Length == 0 ? usual
            : choices.Any(choice => choice.Name == text) ? choices.First(choice => choice.Name == text).Value
            : throw Wrong(setting, string.Join(", ", choices.Select(choice => choice.Name)));
    }

    private static ComparedShare Share(AreaResult result) => new(result.Area, result.Actual, result.Exposure, result.ChanceStandardError * result.ChanceStandardError);

    /// <summary>The model's periods, unless the definition names its own, as for an indicator that is counted once a year.</summary>
    private PeriodSpec PeriodsOf(ModelSpec framework)
    {
        var names = spec.List("periods");
        if (names.Count == 0)
        {
            return framework.Periods with { TrendMonths = 0 };
        }

        return names.All(name => Period.TryParse(name, out _)) && names.Select(name => Period.Parse(name).Kind).Distinct().Count() == 1
            ? new PeriodSpec(Period.Parse(names[0]).Kind, names, 0)
            : throw Wrong("periods", Texts.ExpectedPeriodsOfOneKind);
    }

    private RowMatrix Parts()
    {
        var (parts, indicator, period) = (spec.List("parts"), spec.Text("parts_indicator"), Periods[^1].Period);
        var units = latest.Select((result, unit) => (result.Area, unit)).ToDictionary(pair => pair.Area, pair => pair.unit, StringComparer.Ordinal);
        var hidden = new HiddenCount(input.HiddenUpTo);
        var series = Series.Index(input.Observations, parts.Select(part => (indicator, part)), units, hidden);
        var columns = parts.Select(part =>
        {
            var figures = PeriodFigures.Of(series[(indicator, part)], period, isCount: true, nearest: false)?.ByUnit
                ?? throw new InputException(new InputProblem(Texts.NoFiguresInPeriod.With($"{indicator} ({part})", period), $"definitions/measurements/{spec.Id}.yaml"));
            return figures.Select(figure => figure.State switch
            {
                FigureState.Known => figure.Value,
                FigureState.Hidden => hidden.Middle,
                _ => double.NaN,
            }).ToArray();
        });
        return RowMatrix.FromColumns([.. columns]);
    }

    private LocalizedText? Group(string breakdown) => input.Definitions.BenefitGroups.FirstOrDefault(group => Breakdown.OfBenefitGroup(group.Id) == breakdown)?.Name;

    private Indicator Known(string setting) => input.Definitions.Indicators.TryGetValue(spec.Text(setting), out var indicator)
        ? indicator
        : throw Wrong(setting, Texts.ExpectedIndicator);

    private InputException Wrong(string setting, string expected) => new(new InputProblem(Texts.SettingCannotBeUsed, $"definitions/measurements/{spec.Id}.yaml", Column: setting, Found: spec.Text(setting), Expected: expected));
}
