using Fikspunkt.Statistics;
using Fikspunkt.Statistics.Rates;

namespace Fikspunkt.Methods;

/// <summary>Standardised rates and funnels.</summary>
internal static class RateStandardMethods
{
    private const double PerHundredThousand = 1e5;
    private const string Strata = "--input docs/examples/agebands.csv --group jobcentre --numerator left --denominator persons";

    private static readonly string[] Weights = ["standard", "reference_numerator", "reference_denominator"];
    private static readonly Parameter[] Roles = [RateMethods.Named("numerator"), RateMethods.Named("denominator"), Take.Column("group", required: false), Take.Numbers("confidence", "0.95,0.998"), Take.Number("multiplier", "100000")];

    public static IReadOnlyList<Method> All { get; } =
    [
        new("direct-standardisation", "rates-standardised", [.. Roles, Take.Column("standard"), Take.Choice("interval", "dobson", "fay-feuer"), Take.Number("fewest", "10")], Strata + " --standard standard --multiplier 1000", Direct),
        new("indirect-standardisation", "rates-standardised", [.. Roles, Take.Column("reference_numerator"), Take.Column("reference_denominator")], Strata + " --reference_numerator reference_left --reference_denominator reference_persons --multiplier 1000", Indirect),
        new(
            "funnel",
            "rates-and-funnels",
            [RateMethods.Named("numerator"), RateMethods.Named("denominator"), Take.Column("id", required: false), Take.Number("target"), Take.Numbers("confidence", "0.95,0.998"), Take.Choice("limits", "exact", "normal"), Take.Choice("overdispersion", "none", "phi", "tau"), Take.Number("winsorised", "0.1")],
            "--input docs/examples/exits.csv --id jobcentre --numerator left --denominator persons --limits normal --overdispersion tau",
            Limits),
    ];

    private static Quantities Direct(MethodInput input)
    {
        var method = input.Choice("interval", "dobson", "fay-feuer") == "dobson" ? DirectMethod.Dobson : DirectMethod.FayFeuer;
        var fewest = input.Number("fewest", Standardisation.FewestEvents);
        var levels = RateMethods.Levels(input);
        return ByGroup(input, (rows, multiplier) =>
        {
            var (events, exposure, standard) = (rows.Numbers(rows.Text("numerator", "numerator")), rows.Numbers(rows.Text("denominator", "denominator")), rows.Column("standard"));
            var rates = Array.ConvertAll(levels, level => Standardisation.Direct(events, exposure, standard, level, method, fewest));
            var result = new Quantities { ["total_count"] = rates[0].Events, ["total_pop"] = rates[0].Exposure, ["value"] = rates[0].Rate * multiplier };
            AddLimits(result, levels, Array.ConvertAll(rates, rate => rate.Interval.Times(multiplier)), string.Empty);
            return result;
        });
    }

    private static Quantities Indirect(MethodInput input)
    {
        var levels = RateMethods.Levels(input);
        return ByGroup(input, (rows, multiplier) =>
        {
            var (events, exposure) = (rows.Numbers(rows.Text("numerator", "numerator")), rows.Numbers(rows.Text("denominator", "denominator")));
            var rates = Array.ConvertAll(levels, level => Standardisation.Indirect(events, exposure, rows.Column("reference_numerator"), rows.Column("reference_denominator"), level));
            var result = new Quantities
            {
                ["observed"] = rates[0].Observed,
                ["expected"] = rates[0].Expected,
                ["ratio"] = rates[0].Ratio,
                ["ref_rate"] = rates[0].ReferenceRate * multiplier,
                ["rate"] = rates[0].Rate * multiplier,
                ["method"] = rates[0].Method == CountMethod.Exact ? "Exact" : "Byars",
            };
            AddLimits(result, levels, Array.ConvertAll(rates, rate => rate.RatioInterval), "ratio_");
            AddLimits(result, levels, Array.ConvertAll(rates, rate => rate.RateInterval.Times(multiplier)), "rate_");
            return result;
        });
    }

    /// <summary>One row of results a group, or one in all.</summary>
    private static Quantities ByGroup(MethodInput input, Func<MethodInput, double, Quantities> compute)
    {
        input = input.CompleteIn([input.Text("numerator", "numerator"), input.Text("denominator", "denominator"), .. Weights.Where(input.Has).Select(name => input.Text(name))]);
        var multiplier = input.Positive("multiplier", PerHundredThousand);
        var result = new Quantities { ["n"] = input.Rows };
        if (input.Dropped > 0)
        {
            result["dropped_rows"] = input.Dropped;
        }

        var (labels, codes) = input.Has("group") ? input.Groups("group") : ([], new int[input.Rows]);
        var groups = Enumerable.Range(0, Math.Max(1, labels.Length)).Select(group => compute(input.Only(Enumerable.Range(0, codes.Length).Where(row => codes[row] == group)), multiplier)).ToArray();
        if (labels.Length > 0)
        {
            result[input.Text("group")] = labels;
        }

        foreach (var (name, _) in groups[0])
        {
            result[name] = labels.Length > 0 ? groups.Select(group => group[name]).ToArray() : groups[0][name];
        }

        return result;
    }

    private static void AddLimits(Quantities result, double[] levels, Interval[] intervals, string prefix)
    {
        for (var i = 0; i < levels.Length; i++)
        {
            result[prefix + "lower" + RateMethods.Ending(levels[i])] = intervals[i].Lower;
            result[prefix + "upper" + RateMethods.Ending(levels[i])] = intervals[i].Upper;
        }
    }

    private static Quantities Limits(MethodInput input)
    {
        var (numerator, denominator) = (input.Text("numerator", "numerator"), input.Text("denominator", "denominator"));
        input = input.CompleteIn(numerator, denominator);
        var (events, sizes) = (input.Numbers(numerator), input.Numbers(denominator));
        double[] shares = [.. events.Select((count, i) => count >= 0 && count <= sizes[i] && sizes[i] > 0 ? count / sizes[i] : throw new InvalidValueException("numerator", i, 0, count, Requirement.Within, 0, sizes[i]))];
        var target = input.Number("target", events.Sum() / sizes.Sum());
        var (limits, over) = (input.Choice("limits", "exact", "normal"), input.Choice("overdispersion", "none", "phi", "tau"));
        if (limits == "exact" && over != "none")
        {
            throw input.Wrong("overdispersion", "none; --limits normal");
        }

        var result = input.Start();
        result["target"] = target;
        result["value"] = shares;
        var (phi, tau) = (1.0, 0.0);
        if (sizes.Length > 1)
        {
            var dispersion = Funnel.Dispersion(shares, sizes, target, input.Number("winsorised", 0.1));
            (result["phi"], result["tau_squared"], result["clear"]) = (dispersion.Phi, dispersion.TauSquared, dispersion.Clear);
            (phi, tau) = (over == "phi" ? Math.Max(1, dispersion.Phi) : 1, over == "tau" ? dispersion.TauSquared : 0);
        }

        foreach (var level in RateMethods.Levels(input))
        {
            var drawn = limits == "exact" ? Funnel.Exact(target, sizes, level) : Funnel.Normal(target, sizes, level, phi, tau);
            result["lower" + RateMethods.Ending(level)] = drawn.Lower;
            result["upper" + RateMethods.Ending(level)] = drawn.Upper;
        }

        return result;
    }
}
