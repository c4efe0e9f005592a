using Fikspunkt.Statistics.Association;

namespace Fikspunkt.Methods;

/// <summary>How two figures of the same units go together.</summary>
internal static class AssociationMethods
{
    public static IReadOnlyList<Method> All { get; } =
    [
        new(
            "correlation",
            "correlation",
            [Take.Column("first"), Take.Column("second"), Take.Column("first_se", required: false), Take.Column("second_se", required: false), Take.Number("coverage", "0.95")],
            "--input docs/examples/conditions.csv --first education --second benefit_pct",
            Pearson),
    ];

    private static Quantities Pearson(MethodInput input)
    {
        var rows = input.Complete("first", "second", "first_se", "second_se");
        double[] Variances(string role) => Array.ConvertAll(rows.OptionalColumn(role), error => error * error);
        var coverage = rows.Probability("coverage", 0.95);
        var found = Correlation.Pearson(rows.Column("first"), rows.Column("second"), Variances("first_se"), Variances("second_se"), coverage);
        var result = rows.Start();
        result["coverage"] = coverage;
        result["r"] = found.Coefficient;
        result["lower"] = found.Lower;
        result["upper"] = found.Upper;
        result["p_value"] = found.PValue;
        result["corrected"] = found.Corrected;
        result["corrected_lower"] = found.CorrectedLower;
        result["corrected_upper"] = found.CorrectedUpper;
        return result;
    }
}
