using Fikspunkt.Statistics.Series;

namespace Fikspunkt.Methods;

/// <summary>Synthetic control, one row a unit and period.</summary>
internal static class SeriesSyntheticMethod
{
    public static IReadOnlyList<Method> All { get; } =
    [
        new(
            "synthetic-control",
            "series-synthetic-control",
            [
                Take.Column("response"), Take.Column("unit", required: false), Take.Column("period"), Take.Column("id", required: false), Take.Text("treated", required: true), Take.Text("controls"),
                Take.Numbers("fit_period"), Take.Number("treatment_period"), Take.Text("predictors"), Take.Flag("placebos"), Take.Flag("leave_one_out"), Take.Number("seed", "1"),
            ],
            "--input docs/examples/panel.csv --response rate --unit jobcentre --period year --treated Vest --treatment-period 2019",
            Fit),
    ];

    private static Quantities Fit(MethodInput input)
    {
        var data = SyntheticData.Read(input);
        var result = new Quantities();
        var names = data.Names;
        var fit = SyntheticControl.Fit(data.Predictors, data.Outcomes, data.Options);
        result["weights"] = Quantities.Of(fit.Controls.Select(unit => names[unit]), fit.Weights);
        result["sum_of_weights"] = fit.Weights.Sum();
        result["predictor_weights"] = Quantities.Of(data.PredictorNames, fit.PredictorWeights);
        result["loss_v"] = fit.FitLoss;
        result["loss_w"] = fit.PredictorLoss;
        result["pre_rmspe"] = fit.PreRmspe;
        result["post_rmspe"] = fit.PostRmspe;
        result["ratio"] = fit.Ratio;
        result["period"] = data.Periods;
        result["synthetic"] = fit.Synthetic;
        result["gap"] = fit.Gaps;
        if (input.Flag("placebos") || input.Wants(name => name.StartsWith("placebo", StringComparison.Ordinal)))
        {
            var placebos = SyntheticControl.Placebos(data.Predictors, data.Outcomes, data.Options);
            result["placebo"] = new Quantities
            {
                ["p"] = placebos.PValue,
                ["ratio"] = Quantities.Of(fit.Controls.Select(unit => names[unit]), placebos.Placebos.Select(placebo => placebo.Ratio)),
            };
        }

        if (input.Flag("leave_one_out") || input.Wants(name => name.StartsWith("leave_one_out", StringComparison.Ordinal)))
        {
            var without = new Quantities();
            foreach (var (left, other) in SyntheticControl.LeaveOneDonorOut(data.Predictors, data.Outcomes, data.Options))
            {
                without[names[left]] = new Quantities { ["loss_v"] = other.FitLoss, ["gap"] = other.Gaps };
            }

            result["leave_one_out"] = without;
        }

        return result;
    }
}
