using Fikspunkt.Statistics.Frontiers;

namespace Fikspunkt.Statistics.Tests.Frontiers;

/// <summary>Made-up units.</summary>
internal static class MadeUp
{
    public static readonly ReturnsToScale[] Convex = [ReturnsToScale.Constant, ReturnsToScale.Variable, ReturnsToScale.Decreasing, ReturnsToScale.Increasing];

    public static readonly Dictionary<ReturnsToScale, string> Names = new()
    {
        [ReturnsToScale.Constant] = "crs",
        [ReturnsToScale.Variable] = "vrs",
        [ReturnsToScale.Decreasing] = "drs",
        [ReturnsToScale.Increasing] = "irs",
    };

    /// <summary>Positive data; every third data set has small whole numbers, with ties, equal units and zeros.</summary>
    public static (RowMatrix X, RowMatrix Y) Units(int seed, int units = 0)
    {
        var random = new Random(seed);
        units = units == 0 ? 2 + random.Next(14) : units;
        var (x, y) = (new RowMatrix(units, 1 + random.Next(3)), new RowMatrix(units, 1 + random.Next(3)));
        Fill(x);
        Fill(y);
        for (var unit = 0; unit < units; unit++)
        {
            // Something to scale in each unit.
            x[unit, 0] = Math.Max(x[unit, 0], 1);
            y[unit, 0] = Math.Max(y[unit, 0], 1);
        }

        return (x, y);

        void Fill(RowMatrix data)
        {
            for (var i = 0; i < data.Values.Length; i++)
            {
                data.Values[i] = seed % 3 == 0 ? random.Next(5) : Math.Exp(random.NextDouble() * 3);
            }
        }
    }

    public static double[] Direction(RowMatrix x, RowMatrix y, int unit, FrontierOrientation orientation) => orientation switch
    {
        FrontierOrientation.Input => [.. x.Row(unit), .. new double[y.Columns]],
        _ => [.. new double[x.Columns], .. y.Row(unit)],
    };

    public static RowMatrix Rows(RowMatrix data, IReadOnlyList<int> rows) =>
        new(rows.Count, data.Columns, [.. rows.SelectMany(row => data.Row(row).ToArray())]);

    public static RowMatrix Scaled(RowMatrix data, Func<int, double> factor) =>
        new(data.Rows, data.Columns, [.. data.Values.Select((value, i) => value * factor(i % data.Columns))]);
}
