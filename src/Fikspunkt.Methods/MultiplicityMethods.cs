using Fikspunkt.Statistics.Multiplicity;

namespace Fikspunkt.Methods;

/// <summary>Many tests, and what a test can find.</summary>
internal static class MultiplicityMethods
{
    private static readonly (string Name, Adjustment Adjustment)[] Adjustments =
    [
        ("bonferroni", Adjustment.Bonferroni), ("holm", Adjustment.Holm), ("hochberg", Adjustment.Hochberg), ("BH", Adjustment.BenjaminiHochberg), ("BY", Adjustment.BenjaminiYekutieli),
    ];

    public static IReadOnlyList<Method> All { get; } =
    [
        new("p-adjust", "multiplicity-and-power", [Take.Column("p"), Take.Column("id", required: false), Take.Number("alpha", "0.05")], "--input docs/examples/exits.csv --id jobcentre --p p", Adjust),
        new(
            "detectable-difference",
            "multiplicity-and-power",
            [Take.Column("size"), Take.Choice("measure", "proportion", "rate", "mean"), Take.Number("base_value"), Take.Number("variance"), Take.Column("id", required: false), Take.Number("alpha", "0.05"), Take.Number("power", "0.8"), Take.Number("phi", "1"), Take.Number("reference_ratio"), Take.Flag("one_sided"), Take.Number("difference")],
            "--input docs/examples/exits.csv --id jobcentre --size persons --base_value 0.3 --difference 0.05",
            Detect),
    ];

    private static Quantities Adjust(MethodInput input)
    {
        var p = input.NumbersOrMissing(input.Has("p") ? input.Text("p") : throw input.Missing("p"));
        var alpha = input.Number("alpha", 0.05);
        var result = input.Start();
        result["tests"] = p.Count(value => !double.IsNaN(value));
        result["p"] = p;
        var rejected = new Quantities();
        foreach (var (name, adjustment) in Adjustments)
        {
            result[name] = PValues.Adjust(p, adjustment);
            rejected[name] = PValues.Reject(p, adjustment, alpha).Count(reject => reject);
        }

        result["rejected"] = rejected;
        return result;
    }

    private static Quantities Detect(MethodInput input)
    {
        input = input.Complete("size");
        var measure = input.Choice("measure", "proportion", "rate", "mean") switch { "rate" => Measure.Rate, "mean" => Measure.Mean, _ => Measure.Proportion };
        var design = new DetectionDesign(
            measure,
            input.Number("base_value", measure == Measure.Mean ? 0 : null),
            measure == Measure.Mean ? input.Number("variance") : double.NaN,
            input.Number("alpha", 0.05),
            input.Number("power", 0.8),
            input.Number("phi", 1),
            input.Number("reference_ratio", double.PositiveInfinity),
            input.Flag("one_sided"));
        var sizes = input.Column("size");
        var smallest = Array.ConvertAll(sizes, size => Detection.SmallestDifference(design, size));
        var result = input.Start();
        result["size"] = sizes;
        result["below"] = Array.ConvertAll(smallest, difference => difference.Below);
        result["above"] = Array.ConvertAll(smallest, difference => difference.Above);
        if (input.Has("difference"))
        {
            var difference = input.Number("difference");
            result["power"] = Array.ConvertAll(sizes, size => Detection.Power(design, size, difference));
            result["size_needed"] = Detection.Size(design, difference);
        }

        return result;
    }
}
