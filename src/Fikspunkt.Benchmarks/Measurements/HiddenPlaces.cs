using Fikspunkt.Statistics;
using Fikspunkt.Statistics.Ranks;

namespace Fikspunkt.Benchmarks.Measurements;

/// <summary>The overall places that a municipality can have when a count behind one of its key figures is hidden.</summary>
/// <remarks>
/// Every case of what the hidden counts of the cluster can be is ranked by itself, among all municipalities whose figures are known or can be bounded;
/// the places run from the best to the worst that any case and its uncertainty allow. Where there are more cases than can be ranked, every place is possible.
/// </remarks>
internal static class HiddenPlaces
{
    private const int MostCases = 64;

    /// <summary>Best and worst place by row; rows that lack nothing, and rows whose figure is missing for another reason, are not in it.</summary>
    /// <param name="values">Municipalities x figures; NaN where a figure is missing or hidden.</param>
    /// <param name="errors">Standard errors.</param>
    /// <param name="possible">What the figure of a row can be; <see langword="null"/> where that is not known.</param>
    /// <param name="rank">Ranks the municipalities.</param>
    public static IReadOnlyDictionary<int, (int Best, int Worst)> Of(
        RowMatrix values, RowMatrix errors, Func<int, int, IReadOnlyList<(double Value, double Error)>?> possible, Func<RowMatrix, RowMatrix, CompositeRankResult> rank)
    {
        var lacking = Enumerable.Range(0, values.Rows).Select(row => (Row: row, Figures: Enumerable.Range(0, values.Columns).Where(figure => double.IsNaN(values[row, figure])).ToList())).Where(lack => lack.Figures.Count > 0).ToList();
        var bounded = lacking.Where(lack => lack.Figures.TrueForAll(figure => possible(lack.Row, figure) is not null)).ToList();
        var cells = bounded.SelectMany(lack => lack.Figures.Select(figure => (lack.Row, Figure: figure, Cases: possible(lack.Row, figure)!))).ToList();
        var cases = cells.Aggregate(1L, (product, cell) => Math.Min(product * cell.Cases.Count, MostCases + 1));
        if (cases > MostCases)
        {
            return bounded.ToDictionary(lack => lack.Row, _ => (1, values.Rows - lacking.Count + bounded.Count));
        }

        var places = bounded.ToDictionary(lack => lack.Row, _ => (Best: int.MaxValue, Worst: 0));
        for (var one = 0; cells.Count > 0 && one < cases; one++)
        {
            var (filled, spread, rest) = (new RowMatrix(values.Rows, values.Columns, (double[])values.Values.Clone()), new RowMatrix(errors.Rows, errors.Columns, (double[])errors.Values.Clone()), one);
            foreach (var cell in cells)
            {
                (rest, var chosen) = Math.DivRem(rest, cell.Cases.Count);
                (filled[cell.Row, cell.Figure], spread[cell.Row, cell.Figure]) = cell.Cases[chosen];
            }

            var ranked = rank(filled, spread);
            foreach (var (row, _) in bounded)
            {
                places[row] = (Math.Min(places[row].Best, ranked.Lower[row]), Math.Max(places[row].Worst, ranked.Upper[row]));
            }
        }

        return places;
    }
}
