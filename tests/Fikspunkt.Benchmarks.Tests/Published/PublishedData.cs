using System.Globalization;
using System.Text.Json;
using Fikspunkt.Definitions;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Models;
using Fikspunkt.Testing;
using NodaTime;
using Period = Fikspunkt.Domain.Period;

namespace Fikspunkt.Benchmarks.Tests.Published;

/// <summary>A model and figures for the tests of published expectations: made up, or the ministry's where the shared folder is there.</summary>
internal static class PublishedData
{
    public const string Total = "total";

    public static readonly PublishedFiguresSpec Figures = new(
        "y30r21_actual_share_pct", "y30r21_expected_share_pct", "y30r21_difference_persons", "y30r21_difference_share_pp", 0.005, [1, 2, 4], 300);

    private static readonly LocalizedText Any = new("Prøve", "Test");

    public static readonly VintageReference Vintage = new("v1", "y30r21", "test", "2026-11-20T00:00:00Z", new string('0', 64), Synthetic: true);

    /// <summary>Name in the source, outcome id, breakdown.</summary>
    public static readonly (string Name, string Id, string Breakdown)[] Groups =
    [
        ("Ydelsesgrupper i alt", Total, ""),
        ("A-dagpenge mv.", "a-dagpenge-mv", "benefit_group=a-dagpenge-mv"),
        ("Sygedagpenge mv.", "sygedagpenge-mv", "benefit_group=sygedagpenge-mv"),
        ("Kontanthjælp mv.", "kontanthjaelp-mv", "benefit_group=kontanthjaelp-mv"),
    ];

    /// <summary>Indicators in the order of the file's columns.</summary>
    private static readonly string[] Indicators =
    [
        "y30r21_expected_persons", "y30r21_actual_persons", "y30r21_difference_persons", "y30r21_expected_share_pct",
        "y30r21_actual_share_pct", "y30r21_difference_share_pp", "y30r21_rank",
    ];

    public static ModelSpec Spec(int groups = 4, int draws = 1000, double? overdispersion = null, params string[] periods) => new(
        "published-test",
        ModelKind.PublishedExpectation,
        Any,
        Any,
        "Test",
        new LocalDate(2026, 11, 20),
        Any,
        ["y30r21"],
        new PeriodSpec(PeriodKind.RollingYear, periods.Length == 0 ? ["all"] : periods, 0),
        Groups.Take(groups).Select(g => new OutcomeSpec(
            g.Id, Any, "y30r21_actual_persons", g.Breakdown, OutcomeScale.Count, "y30r21_expected_persons", "y30r21_rank", 5, g.Id == Total ? null : g.Id)).ToList(),
        null,
        new ExposureSpec("y30r21_actual_share_pct", "", NearestPeriod: false),
        [],
        0,
        new EstimatorSpec(EstimatorFamily.Linear, false, false, false),
        new NoiseSpec(NoiseModel.Binomial, overdispersion),
        new RankingSpec(RankBy.Share, 0.95, draws, 7),
        Figures);

    public static DefinitionSet Definitions(IEnumerable<string> names) => new(
        names.Select((name, i) => new Municipality(Code(i), name, name, [], "084", "01", "c", [], i, 0)).ToList(),
        [],
        [new BenefitGroup("a-dagpenge-mv", Any, null, null, null, [], 100_000m, "test")],
        new SortedDictionary<string, Indicator>(Indicators.ToDictionary(id => id, id => new Indicator(
            id, Any, Any, 0, Direction.LowerIsBetter, Any, id is "y30r21_actual_persons" or "y30r21_expected_persons", [], "Test", new LocalDate(2026, 11, 20), Any))),
        new SortedDictionary<string, TableDefinition>(),
        new SortedDictionary<string, ModelSpec>(),
        [],
        []);

    /// <summary>A list as a publisher would round it, with true levels, chance and drift drawn from a seed.</summary>
    /// <param name="units">Municipalities; sizes run from 1,000 to 100,000.</param>
    /// <param name="groups">Benefit groups.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="common">Standard deviation of a year's movement that does not depend on size (share).</param>
    /// <param name="factor">Factor on the binomial variance.</param>
    public static List<Observation> MadeUp(int units, int groups, int seed, double common = 0.001, double factor = 1)
    {
        var random = new Statistics.Numerics.CounterRandom(seed);
        var observations = new List<Observation>();
        var z = new double[16];
        foreach (var (group, g) in Groups.Take(groups).Select((group, g) => (group, g)))
        {
            for (var i = 0; i < units; i++)
            {
                random.Normals((1000 * g) + i, z);
                var population = Math.Round(1000 * Math.Pow(100, i / (units - 1.0)));
                var expected = 0.05 + (0.01 * z[0]);
                var level = 0.005 * z[1];

                // Five half-years; a release is the mean of two, so that releases a year apart are independent around the level.
                var half = Enumerable.Range(0, 5).Select(h => level + (Math.Sqrt(2 * ((factor * expected * (1 - expected) / population) + (common * common))) * z[2 + h])).ToArray();
                for (var t = 0; t < 4; t++)
                {
                    var actual = Math.Max(0, expected + ((half[t] + half[t + 1]) / 2));
                    observations.AddRange(Cells(Code(i), Periods[t], group.Breakdown, population, expected, actual));
                }
            }
        }

        return Ranked(observations);
    }

    public static readonly Period[] Periods = [.. new[] { "2020QMAT02", "2020QMAT04", "2021QMAT02", "2021QMAT04" }.Select(Period.Parse)];

    public static IEnumerable<Observation> Cells(string area, Period period, string breakdown, double population, double expected, double actual)
    {
        static double Tens(double value) => 10 * Math.Round(value / 10, MidpointRounding.AwayFromZero);
        static double Hundredths(double value) => (double)Math.Round((decimal)value * 100, 2, MidpointRounding.AwayFromZero);
        Observation Cell(string indicator, double value) => new(area, period, indicator, breakdown, value, ObservationStatus.Ok);
        yield return Cell("y30r21_expected_persons", Tens(population * expected));
        yield return Cell("y30r21_actual_persons", Tens(population * actual));
        yield return Cell("y30r21_difference_persons", Tens(population * actual) - Tens(population * expected));
        yield return Cell("y30r21_expected_share_pct", Hundredths(expected));
        yield return Cell("y30r21_actual_share_pct", Hundredths(actual));
        yield return Cell("y30r21_difference_share_pp", (double)((decimal)Hundredths(actual) - (decimal)Hundredths(expected)));
    }

    /// <summary>The ministry's published list. Skips where it is absent.</summary>
    public static (IReadOnlyList<Observation> Observations, DefinitionSet Definitions) Real()
    {
        var lines = File.ReadAllLines(RepositoryFiles.Shared("data", "y30r21", "y30r21.csv")).Skip(1).Select(line => line.Split(',')).ToList();
        return Bind(lines.Select(f => (f[0], f[1], f[2], f[3..].Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray())).ToList());
    }

    /// <summary>The same from the stored answer of the source's API, version 2.</summary>
    public static (IReadOnlyList<Observation> Observations, DefinitionSet Definitions) RealFromJson()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(RepositoryFiles.Shared("data", "y30r21", "y30r21-v2.json")));
        var danish = CultureInfo.GetCultureInfo("da-DK");
        return Bind(json.RootElement[0].GetProperty("Data").EnumerateArray().Select(row => (
            row[0].GetString()!,
            row[1].GetString()!,
            row[2].GetString()!,
            row.EnumerateArray().Skip(3).Select(cell => cell.ValueKind == JsonValueKind.String ? double.Parse(cell.GetString()!, danish) : cell.GetDouble()).ToArray())).ToList());
    }

    public static string Code(int index) => (101 + index).ToString(CultureInfo.InvariantCulture);

    /// <summary>The ministry's list under the project's own definitions and model.</summary>
    public static (IReadOnlyList<Observation> Observations, DefinitionSet Definitions, ModelSpec Spec) RealWithDefinitions()
    {
        var (observations, names) = Real();
        var definitions = DefinitionLoader.Load(RepositoryFiles.Path(DefinitionLoader.FolderName));
        var index = new AreaIndex(definitions.Municipalities, definitions.Areas);
        var codes = names.Municipalities.ToDictionary(m => m.Code, m => index.TryFind(m.Name, out var code) ? code : throw new KeyNotFoundException(m.Name));
        return (observations.Select(o => o with { Area = codes[o.Area] }).ToList(), definitions, definitions.Models["published-y30r21"]);
    }

    private static (IReadOnlyList<Observation> Observations, DefinitionSet Definitions) Bind(List<(string Area, string Period, string Group, double[] Values)> rows)
    {
        var names = rows.Select(row => row.Area).Distinct().ToList();
        var groups = Groups.ToDictionary(g => g.Name, g => g.Breakdown);
        return (
            rows.SelectMany(row => row.Values.Select((value, v) => new Observation(
                Code(names.IndexOf(row.Area)), Period.Parse(row.Period), Indicators[v], groups[row.Group], value, value == 0 ? ObservationStatus.Zero : ObservationStatus.Ok))).ToList(),
            Definitions(names));
    }

    /// <summary>Adds published ranks: by the published difference, ties by area code.</summary>
    private static List<Observation> Ranked(List<Observation> observations)
    {
        var ranks = observations.Where(o => o.Indicator == "y30r21_difference_share_pp")
            .GroupBy(o => (o.Period, o.Breakdown))
            .SelectMany(list => list.OrderBy(o => o.Value).ThenBy(o => o.Area, StringComparer.Ordinal)
                .Select((o, i) => o with { Indicator = "y30r21_rank", Value = i + 1 }));
        return [.. observations, .. ranks];
    }
}
