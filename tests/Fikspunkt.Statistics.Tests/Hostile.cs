namespace Fikspunkt.Statistics.Tests;

/// <summary>Columns that break careless arithmetic.</summary>
internal static class Hostile
{
    /// <summary>Finite columns of six values each.</summary>
    public static IReadOnlyList<(string Name, double[] Values)> Columns { get; } =
    [
        ("usual", [1.2, -0.4, 2.2, 0.3, -1.9, 0.8]),
        ("zeros", [0, 0, 0, 0, 0, 0]),
        ("constant", [3, 3, 3, 3, 3, 3]),
        ("one differs", [0, 0, 0, 1, 0, 0]),
        ("huge", [1e300, -3e300, 2e300, 1e299, 5e300, -1e300]),
        ("tiny", [1e-300, 2e-300, -5e-300, 3e-300, 1e-301, 0]),
        ("far from 0", [1e15, 1e15 + 1, 1e15 + 2, 1e15 + 3, 1e15 + 4, 1e15 + 8]),
        ("denormal", [5e-324, 0, 1e-320, 0, 5e-324, 1e-310]),
        ("all scales", [1e-200, 1, 1e200, -1e100, 1e-100, 0]),
        ("largest", [double.MaxValue, -double.MaxValue, double.MaxValue, 1, 2, 3]),
    ];

    /// <summary>The same, not below 0.</summary>
    public static IReadOnlyList<(string Name, double[] Values)> Positive { get; } =
        [.. Columns.Select(column => (column.Name, Array.ConvertAll(column.Values, Math.Abs)))];

    /// <summary>The usual column with one value that is none.</summary>
    public static IReadOnlyList<(string Name, double[] Values)> Broken { get; } =
    [
        ("NaN", [1.2, 0.4, double.NaN, 0.3, 1.9, 0.8]),
        ("infinite", [1.2, 0.4, double.PositiveInfinity, 0.3, 1.9, 0.8]),
        ("minus infinite", [1.2, 0.4, double.NegativeInfinity, 0.3, 1.9, 0.8]),
    ];
}
