using System.Globalization;
using Fikspunkt.Benchmarks;
using Fikspunkt.Definitions;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Models;
using Fikspunkt.Sources;
using Fikspunkt.Store;
using NodaTime;

namespace Fikspunkt.Bench.FirstReal;

/// <summary>Prints the tables of <c>docs/first-real-benchmark.md</c>: <c>-- first-real --data dst-municipalities.csv</c>.</summary>
internal static class FirstRealCommand
{
    private static readonly int[] Lags = [1, 2, 3, 4, 8, 11, 13];

    public static int Run(IReadOnlyList<string> args)
    {
        if (args is not ["--data", var path])
        {
            Console.Error.WriteLine("first-real --data dst-municipalities.csv");
            return 2;
        }

        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var definitions = DefinitionLoader.Load(DefinitionLoader.FindFolder());
        var observations = Read(path, definitions);
        foreach (var model in new[] { "dst-unemployment", "dst-welfare" })
        {
            Study(definitions, observations, model);
        }

        Contributions(definitions, FirstRealStudy.AsDefined(definitions, observations, "dst-unemployment"), ["157", "183", "760"]);
        Error(definitions, FirstRealStudy.WithError(definitions, observations));
        return 0;
    }

    private static IReadOnlyList<Observation> Read(string path, DefinitionSet definitions)
    {
        var folder = Directory.CreateTempSubdirectory("fikspunkt-first-real-");
        try
        {
            using var store = ObservationStore.Open(Path.Combine(folder.FullName, "store.duckdb"));
            var vintage = TableImporter.Import(store, definitions, new ImportRequest([path], "dst-municipalities", Instant.FromUnixTimeSeconds(0), Synthetic: false));
            Print($"{vintage.Rows} rows, values {vintage.ValueHash[..12]}");
            return store.Read(vintage.Id);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Study(DefinitionSet definitions, IReadOnlyList<Observation> observations, string model)
    {
        var names = definitions.Municipalities.ToDictionary(m => m.Code, m => m.Name);
        var run = FirstRealStudy.AsDefined(definitions, observations, model);
        Fit(run);
        Conditions(run);
        Print($"\n### {model}: movement of ranks\n| years between | pairs | correlation | mean shift | sets apart, per cent |\n|---|---|---|---|---|");
        foreach (var lag in Lags.Where(lag => run.Run.Fits.Any(f => run.Run.Fits.Any(g => g.Period!.Value.Year == f.Period!.Value.Year + lag))))
        {
            var move = FirstRealStudy.Moves(run, lag);
            Print($"| {move.Lag} | {move.Pairs} | {move.Correlation:F2} | {move.MeanShift:F1} | {100 * move.Apart:F1} |");
        }

        Checks(run, definitions, observations);
        var others = new List<VariantRun>();
        Print($"\n### {model}: specifications\n| specification | R2 | median se | better | worse | correlation | mean shift | 9 in 10 within | largest | opposite class |\n|---|---|---|---|---|---|---|---|---|---|");
        Specification(run, run);
        foreach (var variant in FirstRealStudy.Variants(run.Variant.Spec))
        {
            try
            {
                others.Add(FirstRealStudy.Run(variant, definitions, observations));
                Specification(run, others[^1]);
            }
            catch (InputException fault)
            {
                Print($"| {variant.Name} | {fault.Message} |");
            }
        }

        Print($"\n### {model}: municipalities\n| municipality | mean | from | to | years better | worse | least better | least worse | mean rank |\n|---|---|---|---|---|---|---|---|---|");
        foreach (var s in FirstRealStudy.Standings(run, others))
        {
            Print($"| {names[s.Area]} | {100 * s.Mean:F2} | {100 * s.Low:F2} | {100 * s.High:F2} | {s.Better} | {s.Worse} | {s.LeastBetter} | {s.LeastWorse} | {s.MeanRank:F1} |");
        }

        Runs(names, [run, .. others]);
        var last = run.Run.Fits[^1].Period;
        Print($"\n### {model}: {last}\n| rank | municipality | actual | expected | difference | interval | own set | all at once |\n|---|---|---|---|---|---|---|---|");
        foreach (var r in run.Run.Results.Where(r => r.Period == last).OrderBy(r => r.Rank))
        {
            Print($"| {r.Rank} | {names[r.Area]} | {100 * r.Actual:F2} | {100 * r.Expected:F2} | {100 * r.Difference:F2} | {100 * r.Lower:F2} to {100 * r.Upper:F2} | {r.RankLower}-{r.RankUpper} | {r.RankLowerSimultaneous}-{r.RankUpperSimultaneous} |");
        }
    }

    private static void Fit(VariantRun run)
    {
        Print($"\n### {run.Run.Spec.Id}: fit\n| year | national | sd actual | R2 | sd difference | factor | between sd | chance se | expectation se | better | as expected | worse | own set | all at once | could be best | worst |\n|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var fit in run.Run.Fits)
        {
            var own = run.Run.Results.Where(r => r.Period == fit.Period).ToArray();
            Print(
                $"| {fit.Period} | {100 * fit.NationalMean:F2} | {100 * Sd(own, r => r.Actual):F2} | {fit.RSquared:F2} | {100 * Sd(own, r => r.Difference):F2} | {fit.Overdispersion:F1} | {100 * Math.Sqrt(fit.BetweenVariance):F2} | {100 * Median(own, r => r.ChanceStandardError):F2} | {100 * Median(own, r => r.ExpectationStandardError):F2} | "
                + $"{Count(own, SignificanceClass.Better)} | {Count(own, SignificanceClass.AsExpected)} | {Count(own, SignificanceClass.Worse)} | {own.Average(r => r.RankUpper - r.RankLower + 1):F0} | {own.Average(r => r.RankUpperSimultaneous - r.RankLowerSimultaneous + 1):F0} | {own.Count(r => r.RankLowerSimultaneous == 1)} | {own.Count(r => r.RankUpperSimultaneous == own.Length)} |");
        }

        foreach (var note in run.Run.Notes.Where(n => n.Key != NoteKeys.NearestPeriod))
        {
            Print($"- {note.Key}: {string.Join(", ", note.Arguments)}");
        }
    }

    private static void Conditions(VariantRun run)
    {
        Print($"\n### {run.Run.Spec.Id}: points for one standard deviation (t)\n| condition | {string.Join(" | ", run.Run.Fits.Select(f => f.Period))} |");
        foreach (var covariate in run.Run.Spec.Covariates)
        {
            var cells = run.Run.Fits.Select(fit =>
            {
                var term = FirstRealStudy.Term(run, fit.Period!.Value, covariate.Id);
                return ($"{FirstRealStudy.Effect(run, fit.Period.Value, covariate.Id):F2} ({term.Estimate / term.StandardError:F1})");
            });
            Print($"| {covariate.Id} | {string.Join(" | ", cells)} |");
        }
    }

    private static void Checks(VariantRun run, DefinitionSet definitions, IReadOnlyList<Observation> observations)
    {
        var alike = FirstRealChecks.Neighbours(run, definitions, run.Run.Spec.Ranking.Seed);
        Print($"\nMoran's I {alike.Moran:F2}, largest of 999 shufflings {alike.LargestOfShuffles:F2}; between {alike.Areas} commuting areas {100 * alike.CommutingAreas:F0} per cent of the variance");
        if (run.Run.Spec.Noise.Model != NoiseModel.Panel)
        {
            return;
        }

        foreach (var check in Lags.Select(lag => FirstRealChecks.Movement(run, lag)))
        {
            Print($"- movement over {check.Lag} years / chance: {check.Points:F2} in points, {check.Relative:F2} relative to the national level");
        }

        foreach (var part in FirstRealChecks.Parts(run, definitions, observations))
        {
            var years = part.Run.Fits.Count;
            var same = part.Run.Results.Select(r => run.Cells[(r.Area, r.Period)]).ToArray();
            var (factor, common, monthly) = FirstRealChecks.Noise(part);
            Print($"- {part.Variant.Name} alone: factor {factor:F1}, beside size {100 * common:F2} points, monthly correlation {monthly:F2}, better {(double)Count(part.Run.Results, SignificanceClass.Better) / years:F1} and worse {(double)Count(part.Run.Results, SignificanceClass.Worse) / years:F1} a year; same years as defined {(double)Count(same, SignificanceClass.Better) / years:F1} and {(double)Count(same, SignificanceClass.Worse) / years:F1}");
        }
    }

    /// <summary>Years better and worse under each specification, for municipalities clear of their expectation in half of the years.</summary>
    private static void Runs(Dictionary<string, string> names, IReadOnlyList<VariantRun> runs)
    {
        var clear = runs[0].Run.Results.GroupBy(r => r.Area)
            .Where(g => Math.Max(Count(g, SignificanceClass.Better), Count(g, SignificanceClass.Worse)) * 2 >= g.Count()).Select(g => g.Key).ToArray();
        Print($"\n### {runs[0].Run.Spec.Id}: years better / worse\n| specification | {string.Join(" | ", clear.Select(area => names[area]))} |");
        foreach (var run in runs)
        {
            var cells = clear.Select(area => run.Run.Results.Where(r => r.Area == area).ToArray()).Select(own => $"{Count(own, SignificanceClass.Better)}/{Count(own, SignificanceClass.Worse)}");
            Print($"| {run.Variant.Name} | {string.Join(" | ", cells)} |");
        }
    }

    private static void Specification(VariantRun run, VariantRun other)
    {
        var pairs = other.Run.Results.Select(r => (Base: run.Cells[(r.Area, r.Period)], Other: r)).ToArray();
        var years = pairs.Select(p => p.Other.Period).Distinct().Count();
        var shifts = pairs.Select(p => Math.Abs(p.Base.Rank - p.Other.Rank)).Order().ToArray();
        var opposite = pairs.Count(p => (p.Base.Class, p.Other.Class) is (SignificanceClass.Better, SignificanceClass.Worse) or (SignificanceClass.Worse, SignificanceClass.Better));
        Print(
            $"| {other.Variant.Name} | {other.Run.Fits.Average(f => f.RSquared):F2} | {100 * Median(other.Run.Results, r => r.StandardError):F2} | {(double)Count(other.Run.Results, SignificanceClass.Better) / years:F1} | {(double)Count(other.Run.Results, SignificanceClass.Worse) / years:F1} | "
            + $"{FirstRealStudy.Correlation([.. pairs.Select(p => p.Base.Difference)], [.. pairs.Select(p => p.Other.Difference)]):F3} | {shifts.Average():F1} | {shifts[(int)(0.9 * shifts.Length)]} | {shifts[^1]} | {opposite} |");
    }

    /// <summary>Why the expectations of some municipalities are what they are.</summary>
    private static void Contributions(DefinitionSet definitions, VariantRun run, IReadOnlyList<string> areas)
    {
        var last = run.Run.Fits[^1];
        foreach (var result in areas.Select(area => run.Cells[(area, last.Period!.Value)]))
        {
            var name = definitions.Municipalities.Single(m => m.Code == result.Area).Name;
            Print($"{name} {last.Period}: national {100 * last.NationalMean:F2}, expected {100 * result.Expected:F2}, actual {100 * result.Actual:F2}: {string.Join(", ", result.Contributions.Select(c => $"{c.Covariate} {100 * c.Share:F2} ({c.Value:F1} against {c.Mean:F1})"))}");
        }
    }

    private static void Error(DefinitionSet definitions, DataError error)
    {
        var names = definitions.Municipalities.ToDictionary(m => m.Code, m => m.Name);
        Print($"\n### 2010 as published and mended");
        foreach (var run in new[] { error.Asis, error.Mended })
        {
            var own = run.Run.Results.Single(r => r.Area == DataError.Svendborg);
            var term = FirstRealStudy.Term(run, own.Period, DataError.Indicator);
            Print($"{run.Variant.Name}: R2 {run.Run.Fits[0].RSquared:F2}, owner-occupied {100 * term.Estimate:F4} (se {100 * term.StandardError:F4}); Svendborg actual {100 * own.Actual:F2}, expected {100 * own.Expected:F2}, difference {100 * own.Difference:F2} ({100 * own.Lower:F2} to {100 * own.Upper:F2}), rank {own.Rank}");
        }

        var changes = error.Asis.Run.Results.Where(r => r.Area != DataError.Svendborg).Select(r => (r, Other: error.Mended.Cells[(r.Area, r.Period)])).ToArray();
        var largest = changes.MaxBy(c => Math.Abs(c.r.Expected - c.Other.Expected));
        Print($"others: expectation moves {100 * changes.Average(c => Math.Abs(c.r.Expected - c.Other.Expected)):F2} on average, most in {names[largest.r.Area]} ({100 * largest.r.Expected:F2} to {100 * largest.Other.Expected:F2}); ranks by {changes.Average(c => Math.Abs(c.r.Rank - c.Other.Rank)):F1}, at most {changes.Max(c => Math.Abs(c.r.Rank - c.Other.Rank))}");
    }

    private static int Count(IEnumerable<AreaResult> results, SignificanceClass wanted) => results.Count(r => r.Class == wanted);

    private static double Median(IEnumerable<AreaResult> results, Func<AreaResult, double> value)
    {
        var sorted = results.Select(value).Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static double Sd(AreaResult[] results, Func<AreaResult, double> value)
    {
        var mean = results.Average(value);
        return Math.Sqrt(results.Sum(r => (value(r) - mean) * (value(r) - mean)) / (results.Length - 1));
    }

    private static void Print(string text) => Console.WriteLine(text);
}
