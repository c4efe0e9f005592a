using Fikspunkt.Domain;
using Fikspunkt.Statistics;
using Fikspunkt.Statistics.Ranks;

namespace Fikspunkt.Methods;

/// <summary>One order from several figures.</summary>
internal static class CompositeRankMethod
{
    public static IReadOnlyList<Method> All { get; } =
    [
        new(
            "composite-ranks",
            "composite-ranks",
            [
                Take.Columns("figures"), Take.Columns("errors", required: false), Take.Columns("lowest", required: false), Take.Column("id", required: false), Take.Choice("overall", "rank-sum", "mean-z", "top-thirds"),
                Take.Choice("tied", "smallest", "middle", "largest"), Take.Number("coverage", "0.95"), Take.Number("draws", "10000"), Take.Number("seed", "1"),
            ],
            "--input docs/examples/areas.csv --id area --figures model_a,model_b --errors se,se --lowest model_a,model_b",
            Composite),
    ];

    private static Quantities Composite(MethodInput input)
    {
        // A missing figure has a meaning: the unit has ranks in the others and none overall.
        var names = input.Names("figures");
        var values = RowMatrix.FromColumns(Array.ConvertAll(names, input.NumbersOrMissing));
        var lowest = input.Has("lowest") ? input.Names("lowest") : [];
        if (lowest.Except(names, StringComparer.Ordinal).Any())
        {
            throw input.Wrong("lowest", string.Join(", ", names));
        }

        var options = new CompositeRankOptions(
            input.Choice("overall", "rank-sum", "mean-z", "top-thirds") switch
            {
                "mean-z" => CompositeRule.MeanZ,
                "top-thirds" => CompositeRule.TopThirds,
                _ => CompositeRule.RankSum,
            },
            input.Choice("tied", "smallest", "middle", "largest") switch
            {
                "middle" => 0.5,
                "largest" => 1,
                _ => 0,
            },
            input.Count("draws", 10_000, 1),
            input.Count("seed", 1),
            input.Probability("coverage", 0.95));
        var found = CompositeRanks.Of(values, Errors(input, names), [.. names.Select(name => lowest.Contains(name, StringComparer.Ordinal) ? RankOrder.Lowest : RankOrder.Highest)], options);
        var result = input.Start();
        result["coverage"] = options.Coverage;
        result["score"] = found.Score;
        result["rank"] = Known(found.Rank);
        result["lower"] = Known(found.Lower);
        result["upper"] = Known(found.Upper);
        result["first_probability"] = found.FirstProbability;
        var ranks = input.Labels();
        for (var figure = 0; figure < names.Length; figure++)
        {
            ranks[names[figure]] = Enumerable.Range(0, values.Rows).Select(unit => found.Ranks[unit, figure]).ToArray();
        }

        result["ranks"] = ranks;
        return result;
    }

    private static RowMatrix? Errors(MethodInput input, string[] figures)
    {
        if (!input.Has("errors"))
        {
            return null;
        }

        var names = input.Names("errors");
        return names.Length == figures.Length
            ? RowMatrix.FromColumns(Array.ConvertAll(names, input.NumbersOrMissing))
            : throw input.Wrong("errors", Texts.ColumnsExpected.With(figures.Length));
    }

    // A unit without an overall rank has none, not 0.
    private static double[] Known(int[] ranks) => Array.ConvertAll(ranks, rank => rank > 0 ? rank : double.NaN);
}
