using FsCheck;
using FsCheck.Fluent;

namespace Fikspunkt.Statistics.Tests;

/// <summary>Seeded made-up data and seeded property checks.</summary>
internal static class RandomData
{
    public static double[] Normals(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))];
    }

    public static int[] Permutation(int seed, int count)
    {
        var order = Enumerable.Range(0, count).ToArray();
        new Random(seed).Shuffle(order);
        return order;
    }

    /// <summary>An intercept, correlated covariates, a noisy response and uneven weights.</summary>
    public static (RowMatrix X, double[] Y, double[] Weights) Regression(int seed, int rows, int columns)
    {
        var draws = Normals(seed, rows * (columns + 2));
        var x = new RowMatrix(rows, columns);
        var (y, w) = (new double[rows], new double[rows]);
        for (var i = 0; i < rows; i++)
        {
            var own = draws.AsSpan(i * (columns + 2), columns + 2);
            x[i, 0] = 1;
            for (var j = 1; j < columns; j++)
            {
                x[i, j] = own[j] + (0.5 * own[0]);
                y[i] += j * x[i, j];
            }

            y[i] += own[columns];
            w[i] = Math.Exp(own[columns + 1]);
        }

        return (x, y, w);
    }

    /// <summary>Checks a property for many seeds; the seeds themselves are replayed the same way in each run.</summary>
    public static void ForAllSeeds(Action<int> property) =>
        FsCheck.Check.One(
            Config.QuickThrowOnFailure.WithReplay(20261120UL, 20261121UL),
            Prop.ForAll(Gen.Choose(1, 1_000_000).ToArbitrary(), property));
}

/// <summary>The design of the two reference cases on Danish municipalities.</summary>
internal sealed record DanishDesign(RowMatrix X, string[] Terms)
{
    public static DanishDesign Read(ReferenceCase reference) => new(
        RowMatrix.FromColumns(
            Enumerable.Repeat(1.0, reference.Rows).ToArray(),
            reference.Numbers("education"),
            reference.Numbers("immigration_share_pct"),
            reference.Numbers("age65_pct"),
            reference.Numbers("one_person_household_share_pct"),
            reference.Numbers("owner_occupied_dwelling_share_pct"),
            Array.ConvertAll(reference.Numbers("income"), Math.Log),
            Array.ConvertAll(reference.Numbers("population_density"), Math.Log)),
        ["(Intercept)", "education", "immigration_share_pct", "age65_pct", "one_person_household_share_pct", "owner_occupied_dwelling_share_pct", "log_income", "log_population_density"]);
}
