using Fikspunkt.Statistics.Groups;
using Fikspunkt.Statistics.Regression;

namespace Fikspunkt.Methods;

/// <summary>The units that are most alike.</summary>
internal static class GroupNeighbourMethods
{
    private const string RowSum = "row_sum";

    private static readonly string[] CompositionDistances = ["aitchison", "hellinger", "total-variation", "manhattan", "bray-curtis", "euclid"];

    public static IReadOnlyList<Method> All { get; } =
    [
        new(
            "neighbours",
            "groups-neighbours",
            [Take.Columns("covariates"), Take.Column("id", required: false), Take.Choice("distance", "euclid", "mahalanobis", "model"), Take.Column("response", required: false), Take.Number("neighbours", "5")],
            "--input docs/examples/jobcentres.csv --id jobcentre --covariates hardship,log(spend),log(staff) --distance model --response log(placed) --neighbours 3",
            Nearest),
        new(
            "composition",
            "groups-neighbours",
            [Take.Columns("parts"), Take.Text("base", required: true), Take.Column("id", required: false), Take.Choice("distance", CompositionDistances), Take.Number("zero_replacement"), Take.Number("neighbours", "5")],
            "--input docs/examples/benefits.csv --id jobcentre --parts cash,sickness,flex,rehabilitation --base row_sum --distance hellinger --neighbours 3",
            Composition),
    ];

    private static Quantities Nearest(MethodInput input)
    {
        input = input.Complete("covariates", "response");
        var (x, terms) = (input.Columns("covariates"), input.Terms("covariates"));
        var count = input.Count("neighbours", 5, 1);
        var result = input.Start();
        result["variables"] = terms;
        switch (input.Choice("distance", "euclid", "mahalanobis", "model"))
        {
            case "euclid":
                Add(result, NearestNeighbours.Of(Distances.Euclidean(ZScores.Of(x).Z), count), input);
                break;
            case "mahalanobis":
                Add(result, NearestNeighbours.Of(Distances.Mahalanobis(x), count), input);
                break;
            default:
                var response = input.Column("response");
                var fit = LinearRegression.Fit(input.Columns("covariates", intercept: true), response);
                var positions = ModelWeighted.Of(x, fit.Coefficients.AsSpan(1), response);
                var nearest = NearestNeighbours.Of(positions.Distances(), count);
                result["weights"] = Quantities.Of(terms, positions.Weights);
                Add(result, nearest, input);
                result["squared_parts"] = Parts(terms, positions, nearest);
                break;
        }

        return result;
    }

    /// <summary>What each covariate adds to the squared distances.</summary>
    private static Quantities Parts(string[] terms, WeightedPositions positions, Neighbours nearest)
    {
        var parts = nearest.Unit.Select((units, own) => Array.ConvertAll(units, unit => positions.Parts(own, unit))).ToArray();
        var result = new Quantities();
        for (var j = 0; j < terms.Length; j++)
        {
            var column = j;
            result[terms[j]] = parts.Select(of => Array.ConvertAll(of, part => part[column])).ToArray();
        }

        return result;
    }

    private static Quantities Composition(MethodInput input)
    {
        var shareBase = input.Has("base") ? input.Text("base") : throw input.Missing("base");
        input = shareBase == RowSum ? input.Complete("parts") : input.Complete("parts", "base");
        var counts = input.Columns("parts");
        var distance = (CompositionDistance)Array.IndexOf(CompositionDistances, input.Choice("distance", CompositionDistances));
        var shares = Shares.Of(counts, shareBase == RowSum ? Shares.RowSums(counts) : input.Numbers(shareBase));
        if (input.Has("zero_replacement"))
        {
            shares = Compositions.ReplaceZeros(shares, input.Number("zero_replacement"));
        }

        var result = input.Start();
        result["parts"] = input.Terms("parts");
        result["base"] = shareBase;
        result["shares"] = shares;
        Add(result, NearestNeighbours.Of(Compositions.Distances(shares, distance), input.Count("neighbours", 5, 1)), input);
        return result;
    }

    private static void Add(Quantities result, Neighbours neighbours, MethodInput input)
    {
        foreach (var (name, value) in GroupMethods.Shape(neighbours, input.IdTexts()))
        {
            result[name] = value;
        }
    }
}
