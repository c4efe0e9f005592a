namespace Fikspunkt.Statistics.Tests.Frontiers;

/// <summary>Program Follow Through (Charnes, Cooper and Rhodes 1981): 70 schools of the reference case.</summary>
internal static class ProgramFollowThrough
{
    public static readonly string[] InputNames = ["x1", "x2", "x3", "x4", "x5"];
    public static readonly string[] OutputNames = ["y1", "y2", "y3"];

    public static RowMatrix Matrix(ReferenceCase reference, string[] columns) => RowMatrix.FromColumns([.. columns.Select(reference.Numbers)]);
}
