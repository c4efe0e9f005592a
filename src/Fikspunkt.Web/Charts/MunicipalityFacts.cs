using Fikspunkt.Benchmarks;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Models;
using Fikspunkt.Reports;
using Fikspunkt.Reports.Measurements;
using Fikspunkt.Web.Hosting;

namespace Fikspunkt.Web.Charts;

/// <summary>What is said of one municipality, on its page and in its brief: every number as published.</summary>
internal sealed class MunicipalityFacts
{
    /// <summary>How many of the nearest are shown.</summary>
    public const int PeerCount = 8;

    private readonly Lazy<MeasurementModel> measurements;

    private MunicipalityFacts(Sight sight, MunicipalityChoice choice, Municipality municipality)
    {
        (Sight, Choice, Municipality) = (sight, choice, municipality);
        All = [.. Model.Run.Results.Where(result => result.Outcome == choice.Outcome && result.Period == choice.Period)];
        Result = All.FirstOrDefault(result => result.Area == municipality.Code);
        var own = Model.Run.Results.Where(result => result.Area == municipality.Code && result.Period == choice.Period).ToDictionary(result => result.Outcome, StringComparer.Ordinal);
        Outcomes = [.. Model.Outcomes.Where(own.ContainsKey).Select(outcome => own[outcome])];
        Groups = [.. Outcomes.Where(result => result.Outcome != Model.Run.Spec.Total?.Id)];
        measurements = new Lazy<MeasurementModel>(() => new MeasurementModel(sight.Content.Measurements, sight.Content.Definitions, Sight.Culture));
        if (Result is not null)
        {
            Peers = MunicipalityPeers.Of(Model, All, Result, PeerCount);
        }
    }

    public Sight Sight { get; }

    public MunicipalityChoice Choice { get; }

    public Municipality Municipality { get; }

    public ReportModel Model => Choice.Model;

    public string Area => Municipality.Code;

    public string Name => Municipality.NameIn(Sight.Culture);

    /// <summary>The chosen outcome's results of all municipalities in the chosen period.</summary>
    public IReadOnlyList<AreaResult> All { get; }

    /// <summary>The municipality's own; <see langword="null"/> where it was left out.</summary>
    public AreaResult? Result { get; }

    /// <summary>Every outcome in the chosen period, as the model orders them.</summary>
    public IReadOnlyList<AreaResult> Outcomes { get; }

    /// <summary>The same without the total.</summary>
    public IReadOnlyList<AreaResult> Groups { get; }

    /// <summary>The nearest municipalities; <see langword="null"/> where the municipality was left out.</summary>
    public MunicipalityPeers? Peers { get; }

    public MeasurementModel Measurements => measurements.Value;

    /// <summary>The chosen outcome over time.</summary>
    public IReadOnlyList<SeriesPoint> Series => [.. Model.SeriesOf(Area, Choice.Outcome)];

    /// <summary>The breaks that lie within the series.</summary>
    public IReadOnlyList<SeriesBreak> Breaks => Series is [var first, .., var last] ? NationalSeries.BreaksBetween(Model, first.Period, last.Period) : [];

    /// <summary>Why the municipality has no result.</summary>
    public IReadOnlyList<string> Exclusions =>
        [.. Model.Run.Exclusions.Where(exclusion => exclusion.Area == Area && (exclusion.Outcome is null || exclusion.Outcome == Choice.Outcome) && (exclusion.Period is null || exclusion.Period == Choice.Period)).Select(exclusion => Words.Exclusion(exclusion, Model.Names))];

    /// <summary>The facts of a municipality for an address's choices; <see langword="null"/> where there are none or a choice names nothing.</summary>
    public static MunicipalityFacts? Of(Sight sight, string? area = null) =>
        MunicipalityChoice.Of(sight).Choice is { } choice && sight.Content.Municipality(area ?? sight.Query.First(SiteQuery.Areas)) is { } municipality ? new MunicipalityFacts(sight, choice, municipality) : null;

    /// <summary>The facts for choices that are already read.</summary>
    public static MunicipalityFacts Of(Sight sight, MunicipalityChoice choice, Municipality municipality) => new(sight, choice, municipality);

    /// <summary>The largest excess among outcomes that are surely above what is expected: in persons, and in kroner. None where none is sure.</summary>
    public static (AreaResult? Persons, AreaResult? Kroner) Largest(IReadOnlyList<AreaResult> groups)
    {
        var sure = groups.Where(result => result.Class == SignificanceClass.Worse).ToList();
        return (sure.MaxBy(result => result.DifferencePersons), sure.Where(result => result.Kroner > 0).MaxBy(result => result.Kroner));
    }

    /// <summary>What to look at first, in sentences.</summary>
    public IReadOnlyList<string> FirstLook()
    {
        var (persons, kroner) = Largest(Groups);
        if (persons is null)
        {
            return [Texts.FirstLookNone.With(Groups.Count)];
        }

        var n = Model.Numbers;
        var counts = Model.Names.CountOutcomes.Contains(persons.Outcome);
        var text = counts
            ? Texts.FirstLookPersons.With(Model.Names.Outcome(persons.Outcome), n.Whole(persons.DifferencePersons), n.Whole(persons.Lower * persons.Exposure), n.Whole(persons.Upper * persons.Exposure))
            : Texts.FirstLookPoints.With(Model.Names.Outcome(persons.Outcome), n.SizeInPoints(persons.Difference), n.Points(persons.Lower), n.Points(persons.Upper));
        if (kroner is not null)
        {
            text += " " + (kroner == persons ? Texts.FirstLookPrice.With(n.Millions(kroner.Kroner!.Value)) : Texts.FirstLookDearer.With(Model.Names.Outcome(kroner.Outcome), n.Millions(kroner.Kroner!.Value)));
        }

        var sure = Groups.Count(result => result.Class == SignificanceClass.Worse);
        return [text, Texts.FirstLookMany.With(sure, Groups.Count, n.Fixed(Groups.Count * (1 - Model.Run.Spec.Ranking.Coverage) / 2, 1))];
    }

    /// <summary>Whether the outcome has a series to draw.</summary>
    public bool HasSeries(string outcome) => Model.SeriesOf(Area, outcome).Take(2).Count() == 2;

    /// <summary>Whether the benchmark takes a published expectation as given.</summary>
    public bool Published => Model.Run.Spec.Kind == ModelKind.PublishedExpectation;
}
