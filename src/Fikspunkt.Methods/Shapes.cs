using Fikspunkt.Statistics;

namespace Fikspunkt.Methods;

/// <summary>Shapes that several methods report.</summary>
internal static class Shapes
{
    /// <summary>The start of a table within the quantities: the rows' names, where there are any and nobody compares.</summary>
    public static Quantities Labels(this MethodInput input, int[]? rows = null)
    {
        var result = new Quantities();
        if (input.Wanted.Count == 0 && input.Has("id"))
        {
            var ids = input.IdTexts();
            result[input.Text("id")] = rows is null ? ids : Array.ConvertAll(rows, row => ids[row]);
        }

        return result;
    }

    /// <summary>Standard errors from a covariance matrix.</summary>
    public static double[] RootDiagonal(this RowMatrix covariance) =>
        [.. Enumerable.Range(0, covariance.Rows).Select(i => Math.Sqrt(covariance[i, i]))];
}
