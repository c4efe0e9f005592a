using Fikspunkt.Statistics;

namespace Fikspunkt.Methods;

/// <summary>Shapes that several methods report.</summary>
internal static class Shapes
{
    /// <summary>Standard errors from a covariance matrix.</summary>
    public static double[] RootDiagonal(this RowMatrix covariance) =>
        [.. Enumerable.Range(0, covariance.Rows).Select(i => Math.Sqrt(covariance[i, i]))];
}
