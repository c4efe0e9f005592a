using Fikspunkt.Benchmarks.Published;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Measurements;

namespace Fikspunkt.Benchmarks.Measurements;

/// <summary>The ministry's benchmark as published: its expectation taken as given, its ranks beside those that its own figures give, and what rounding and chance leave open.</summary>
/// <remarks>See <c>docs/measurements/published-y30r21.md</c>.</remarks>
internal static class PublishedMeasurement
{
    public static MeasurementResult Run(MeasurementSpec spec, MeasurementInput input)
    {
        var model = input.Definitions.Models[spec.Model!];
        var run = input.Run(model);
        if (run.Published is not { } published)
        {
            throw new InputException(new InputProblem(Texts.MeasurementNotComputed, spec.Id, Found: model.Id));
        }

        var headline = model.Total?.Id ?? model.Outcomes[0].Id;
        var periods = run.Results.Select(result => result.Period).Distinct().Order().ToList();
        var latest = run.Results.Where(result => result.Period == periods[^1]).OrderBy(result => result.Outcome != headline).ToList();
        var before = run.Results.Where(result => periods.Count > 1 && result.Period == periods[^2]);
        var names = model.Outcomes.ToDictionary(outcome => outcome.Id, outcome => outcome.Name, StringComparer.Ordinal);
        var rounding = published.Rounding.Where(row => row.Outcome == headline && row.Period == periods[^1]).ToDictionary(row => row.Area, StringComparer.Ordinal);
        var lasting = published.Positions.Where(row => row.View == NoiseView.Persistence && row.Outcome == headline && row.Period == periods[^1]).ToDictionary(row => row.Area, StringComparer.Ordinal);
        return new MeasurementResult(
            spec,
            run.Vintages,
            [.. MinistryBenchmark.Positions(latest)],
            [
                Ranks([.. latest.Where(result => result.Outcome == headline)], rounding, lasting),
                Rounding(published.RoundingSummaries, names),
                .. model.Outcomes.Select(outcome => MinistryBenchmark.Table(outcome.Id, outcome.Name, [.. latest.Where(result => result.Outcome == outcome.Id)])),
            ],
            [
                .. published.RoundingSummaries.Where(row => row.Outcome == headline && row.Period == periods[^1]).Select(Reproduced),
                .. SentenceSets.Of(model, headline, latest, before, input.Definitions),
                .. rounding.Values.Where(row => !row.Reproduced).OrderBy(row => row.Area, StringComparer.Ordinal).Select(Open),
            ],
            run.Notes);
    }

    private static MeasurementTable Ranks(IReadOnlyList<AreaResult> results, Dictionary<string, RoundingPosition> rounding, Dictionary<string, PublishedPosition> lasting) => new(
        "ranks",
        new("Offentliggjort plads og det, som tallene tillader", "The published rank and what the figures allow"),
        new(
            "Afrunding: de pladser, som de afrundede tal tillader. Tilfældigheder: hvem der netop dette år var på ydelse. Vedvarende: alt, der ikke holder fra år til år, regnet som støj.",
            "Rounding: the ranks that the rounded figures allow. Chance: who happened to be on benefits this year. Lasting: whatever does not last from year to year counted as noise."),
        [
            new("area", new("Kommune", "Municipality"), ColumnKind.Area),
            new("published_rank", new("Offentliggjort plads", "Published rank"), ColumnKind.Count),
            new("rank", new("Plads efter de offentliggjorte tal", "Rank by the published figures"), ColumnKind.Count),
            new("reproduced", new("Kan genfindes", "Reproduces"), ColumnKind.Text),
            new("rounding_first", new("Afrunding, fra", "Rounding, from"), ColumnKind.Count),
            new("rounding_last", new("Afrunding, til", "Rounding, to"), ColumnKind.Count),
            new("rank_lower", new("Tilfældigheder, fra", "Chance, from"), ColumnKind.Count),
            new("rank_upper", new("Tilfældigheder, til", "Chance, to"), ColumnKind.Count),
            new("lasting_lower", new("Vedvarende, fra", "Lasting, from"), ColumnKind.Count),
            new("lasting_upper", new("Vedvarende, til", "Lasting, to"), ColumnKind.Count),
            new("actual_persons", new("Faktiske fuldtidspersoner", "Actual full-time persons"), ColumnKind.Persons),
            new("expected_persons", new("Forventede fuldtidspersoner", "Expected full-time persons"), ColumnKind.Persons),
            new("difference_pp", new("Forskel i pct. af befolkningen", "Difference in per cent of the population"), ColumnKind.Points),
            new("lower_pp", new("Fra", "From"), ColumnKind.Points),
            new("upper_pp", new("Til", "To"), ColumnKind.Points),
        ],
        [.. results.OrderBy(result => result.Rank).ThenBy(result => result.Area, StringComparer.Ordinal).Select(result =>
        {
            var (row, last) = (rounding.GetValueOrDefault(result.Area), lasting.GetValueOrDefault(result.Area));
            return (IReadOnlyList<object?>)
            [
                result.Area, row?.PublishedRank, result.Rank, row is null ? null : How(row), row?.PossibleFirst, row?.PossibleLast, result.RankLower, result.RankUpper, last?.RankLower, last?.RankUpper,
                result.ActualPersons, result.ExpectedPersons, result.Difference, result.Lower, result.Upper,
            ];
        })]);

    private static MeasurementTable Rounding(IReadOnlyList<RoundingSummary> summaries, Dictionary<string, LocalizedText> names) => new(
        "rounding",
        new("Hvor de offentliggjorte pladser kan genfindes", "Where the published ranks reproduce"),
        new(
            "Personer offentliggøres i hele tiere og andele med to decimaler. Kommuner med samme offentliggjorte forskel kan ikke ordnes uden de uafrundede tal.",
            "Persons are published in tens and shares with two decimals. Municipalities with the same published difference cannot be ordered without the unrounded figures."),
        [
            new("outcome", new("Ydelse", "Benefit"), ColumnKind.Text),
            new("period", new("Periode", "Period"), ColumnKind.Text),
            new("units", new("Kommuner", "Municipalities"), ColumnKind.Count),
            new("reproduced", new("Kan genfindes", "Reproduce"), ColumnKind.Count),
            new("tied", new("Deler forskel med andre", "Share their difference"), ColumnKind.Count),
            new("within_tie", new("Inden for det, de delte forskelle tillader", "Within what the shared differences allow"), ColumnKind.Count),
            new("impossible", new("Strider mod tallene, også afrundet", "At odds with the figures even rounded"), ColumnKind.Count),
            new("contradictions", new("Par i omvendt orden", "Pairs in opposite order"), ColumnKind.Count),
            new("widest", new("Flest pladser, afrundingen tillader én kommune", "Most ranks that rounding allows one municipality"), ColumnKind.Count),
        ],
        [.. summaries.OrderByDescending(row => row.Period).Select(row => (IReadOnlyList<object?>)
        [
            names[row.Outcome], row.Period.ToString(), row.Units, row.Reproduced, row.Tied, row.WithinTie, row.Impossible, row.Contradictions, row.WidestPossible,
        ])]);

    private static LocalizedText How(RoundingPosition row) => row switch
    {
        { PublishedRank: null } => new("ingen plads offentliggjort", "no rank published"),
        { Reproduced: true } => new("ja", "yes"),
        { Tied: true } when row.PublishedRank >= row.RankFirst && row.PublishedRank <= row.RankLast => new("deler forskel", "shared difference"),
        { Possible: true } => new("kun med uafrundede tal", "with unrounded figures only"),
        _ => new("nej", "no"),
    };

    private static Statement Reproduced(RoundingSummary row) => new(null, "position", Bilingual.Of(
        $"{row.Reproduced} af {row.Units} offentliggjorte pladser følger af de offentliggjorte tal; {row.Tied} kommuner deler forskel med en anden, og {row.Impossible} pladser strider mod tallene, også når afrundingen regnes med.",
        $"{row.Reproduced} of {row.Units} published ranks follow from the published figures; {row.Tied} municipalities share their difference with another, and {row.Impossible} ranks are at odds with the figures even when rounding is counted in."));

    private static Statement Open(RoundingPosition row) => new(row.Area, "position", row.PublishedRank is { } rank
        ? Bilingual.Of(
            $"Den offentliggjorte plads er nr. {rank}; de afrundede tal alene tillader nr. {row.PossibleFirst} til {row.PossibleLast}.",
            $"The published rank is {rank}; the rounded figures alone allow {row.PossibleFirst} to {row.PossibleLast}.")
        : Bilingual.Of(
            $"Der er ikke offentliggjort nogen plads; de afrundede tal tillader nr. {row.PossibleFirst} til {row.PossibleLast}.",
            $"No rank is published; the rounded figures allow {row.PossibleFirst} to {row.PossibleLast}."));
}
