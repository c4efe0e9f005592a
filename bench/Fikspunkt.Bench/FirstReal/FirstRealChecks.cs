using System.Globalization;
using Fikspunkt.Benchmarks;
using Fikspunkt.Domain;

namespace Fikspunkt.Bench.FirstReal;

/// <summary>How alike neighbours' differences are.</summary>
/// <param name="Moran">Moran's I over the official neighbours (each municipality's neighbours weigh the same); about -0.01 without likeness.</param>
/// <param name="LargestOfShuffles">The largest of 999 shufflings of the differences.</param>
/// <param name="CommutingAreas">Share of the differences' variance that lies between commuting areas, adjusted for their number.</param>
/// <param name="Areas">Commuting areas with two municipalities or more.</param>
internal sealed record Likeness(double Moran, double LargestOfShuffles, double CommutingAreas, int Areas);

/// <summary>Movement of differences over a number of years against what the noise model gives.</summary>
/// <param name="Lag">Years between.</param>
/// <param name="Points">Root mean square of (change / its chance standard error), differences in points.</param>
/// <param name="Relative">The same with each year's differences divided by the national level.</param>
internal sealed record NoiseCheck(int Lag, double Points, double Relative);

/// <summary>Checks of what the model takes for granted: independent municipalities and the noise.</summary>
internal static class FirstRealChecks
{
    private const int Shuffles = 999;

    /// <summary>Whether neighbours are alike, by their mean differences over the years.</summary>
    public static Likeness Neighbours(VariantRun run, DefinitionSet definitions, int seed)
    {
        var mean = run.Run.Results.GroupBy(r => r.Area).ToDictionary(g => g.Key, g => g.Average(r => r.Difference));
        var places = definitions.Municipalities.Where(m => mean.ContainsKey(m.Code)).ToArray();
        var number = places.Select((place, i) => (place.Code, i)).ToDictionary(p => p.Code, p => p.i);
        var neighbours = Array.ConvertAll(places, place => place.Neighbours.Where(number.ContainsKey).Select(code => number[code]).ToArray());
        var values = Array.ConvertAll(places, place => mean[place.Code]);
        var moran = Moran(values, neighbours);
        var random = new Random(seed);
        var largest = double.NegativeInfinity;
        var shuffled = (double[])values.Clone();
        for (var s = 0; s < Shuffles; s++)
        {
            random.Shuffle(shuffled);
            largest = Math.Max(largest, Moran(shuffled, neighbours));
        }

        var areas = places.Select((place, i) => (place.CommutingArea, Value: values[i])).GroupBy(p => p.CommutingArea).Where(g => g.Count() > 1).ToArray();
        var all = areas.SelectMany(g => g.Select(p => p.Value)).ToArray();
        var total = all.Sum(v => (v - all.Average()) * (v - all.Average()));
        var within = areas.Sum(g => g.Sum(p => (p.Value - g.Average(q => q.Value)) * (p.Value - g.Average(q => q.Value))));
        return new Likeness(moran, largest, 1 - (within / (all.Length - areas.Length) / (total / (all.Length - 1))), areas.Length);
    }

    /// <summary>Movement against the noise that the run found; the expectation's errors, which hardly change from year to year, are left out.</summary>
    public static NoiseCheck Movement(VariantRun run, int lag)
    {
        var correlation = Correlation(Noise(run).Monthly, 12 * lag);
        var national = run.Run.Fits.ToDictionary(f => f.Period!.Value, f => f.NationalMean);
        double points = 0, relative = 0, count = 0;
        foreach (var from in run.Run.Results)
        {
            if (run.Cells.TryGetValue((from.Area, Period.OfYear(from.Period.Year + lag)), out var to))
            {
                points += Square(from, to, 1, 1);
                relative += Square(from, to, national[from.Period], national[to.Period]);
                count++;
            }
        }

        return new NoiseCheck(lag, Math.Sqrt(points / count), Math.Sqrt(relative / count));

        double Square(AreaResult a, AreaResult b, double ofA, double ofB)
        {
            var (sa, sb) = (a.ChanceStandardError / ofA, b.ChanceStandardError / ofB);
            var change = (b.Difference / ofB) - (a.Difference / ofA);
            return change * change / ((sa * sa) + (sb * sb) - (2 * correlation * sa * sb));
        }
    }

    /// <summary>The model on eight years only, its noise too: the first and the last eight.</summary>
    public static IReadOnlyList<VariantRun> Parts(
        VariantRun run, DefinitionSet definitions, IReadOnlyList<Observation> observations)
    {
        const int Part = 8;
        var years = run.Run.Fits.Select(f => f.Period!.Value.ToString()).ToArray();
        return [.. new[] { years[..Part], years[^Part..] }.Select(part => FirstRealStudy.Run(
            new Variant($"{part[0]}-{part[^1]}", run.Variant.Spec with { Periods = run.Variant.Spec.Periods with { Select = part } }), definitions, observations))];
    }

    /// <summary>The noise that a run found: factor on the binomial variance, movement that does not shrink with size (share), correlation from month to month.</summary>
    public static (double Factor, double Common, double Monthly) Noise(VariantRun run)
    {
        var found = run.Run.Notes.Single(n => n.Key == NoteKeys.NoiseFound).Arguments;
        return (Number(1), Number(2), Number(3));

        double Number(int argument) => double.Parse(found[argument], CultureInfo.InvariantCulture);
    }

    /// <summary>Correlation of two yearly means of a series whose months are AR(1).</summary>
    private static double Correlation(double rho, int lag) => Covariance(rho, lag) / Covariance(rho, 0);

    private static double Covariance(double rho, int lag) => Enumerable.Range(-11, 23).Sum(d => (12 - Math.Abs(d)) * Math.Pow(rho, Math.Abs(lag + d)));

    private static double Moran(double[] values, int[][] neighbours)
    {
        var mean = values.Average();
        double cross = 0, own = 0;
        for (var i = 0; i < values.Length; i++)
        {
            if (neighbours[i].Length > 0)
            {
                cross += (values[i] - mean) * neighbours[i].Average(j => values[j] - mean);
                own += (values[i] - mean) * (values[i] - mean);
            }
        }

        return cross / own;
    }
}
