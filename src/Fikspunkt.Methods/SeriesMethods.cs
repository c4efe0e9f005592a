using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Fikspunkt.Domain;
using Fikspunkt.Statistics.Series;

namespace Fikspunkt.Methods;

/// <summary>Methods for one series, rows in the order of time.</summary>
internal static partial class SeriesMethods
{
    public static IReadOnlyList<Method> All { get; } =
    [
        new(
            "stl",
            "series-stl",
            [
                Take.Column("value"), Take.Number("period", required: true), Take.Text("s_window", "periodic"), Take.Number("s_degree", "0"), Take.Number("t_window"), Take.Number("t_degree", "1"),
                Take.Number("l_window"), Take.Number("l_degree"), Take.Number("s_jump"), Take.Number("t_jump"), Take.Number("l_jump"), Take.Flag("robust"), Take.Number("inner"), Take.Number("outer"), Take.Text("runs"),
            ],
            "--input docs/examples/months.csv --value spells --period 12 --s-window 7 --robust",
            SeasonalTrend),
        new(
            "trend",
            "series-trend",
            [Take.Column("value"), Take.Column("times", required: false), Take.Column("season", required: false), Take.Number("lags"), Take.Number("coverage", "0.95")],
            "--input docs/examples/months.csv --value spells --season month",
            Trend),
        new(
            "cusum",
            "series-cusum",
            [Take.Column("value"), Take.Number("level", required: true), Take.Number("sd", required: true), Take.Number("allowance", "0.5"), Take.Number("limit", "5"), Take.Number("head_start", "0")],
            "--input docs/examples/months.csv --value spells --level 410 --sd 15",
            Cusum),
        new(
            "ols-cusum",
            "series-cusum",
            [Take.Column("value"), Take.Columns("covariates", required: false), Take.Number("lags", "0")],
            "--input docs/examples/months.csv --value spells",
            Stability),
        new(
            "mean-shifts",
            "series-changes",
            [Take.Column("value"), Take.Number("penalty"), Take.Number("least_length", "2"), Take.Number("sd")],
            "--input docs/examples/months.csv --value spells",
            Shifts),
        new(
            "broken-line",
            "series-changes",
            [Take.Column("value"), Take.Column("times", required: false), Take.Number("bends", "1"), Take.Number("coverage", "0.95")],
            "--input docs/examples/months.csv --value spells --bends 1",
            Bends),
        new(
            "interrupted-series",
            "series-interrupted",
            [
                Take.Column("value"), Take.Number("interruption", required: true), Take.Flag("level_only"), Take.Number("period"), Take.Columns("covariates", required: false),
                Take.Number("lags"), Take.Flag("large_sample"), Take.Number("coverage", "0.95"),
            ],
            "--input docs/examples/months.csv --value spells --interruption 37 --period 12",
            Interrupted),
    ];

    internal static Quantities Shape(Estimate estimate) => new()
    {
        ["estimate"] = estimate.Value,
        ["se"] = estimate.StandardError,
        ["lower"] = estimate.Interval.Lower,
        ["upper"] = estimate.Interval.Upper,
        ["p"] = estimate.PValue,
    };

    internal static Quantities Shape(IEnumerable<Estimate> estimates)
    {
        var all = estimates.ToArray();
        return new Quantities
        {
            ["estimate"] = Array.ConvertAll(all, estimate => estimate.Value),
            ["se"] = Array.ConvertAll(all, estimate => estimate.StandardError),
            ["lower"] = Array.ConvertAll(all, estimate => estimate.Interval.Lower),
            ["upper"] = Array.ConvertAll(all, estimate => estimate.Interval.Upper),
            ["p"] = Array.ConvertAll(all, estimate => estimate.PValue),
        };
    }

    private static int? Optional(MethodInput input, string name, int least = 1) => input.Has(name) ? input.Count(name, least: least) : null;

    private static double[] Times(MethodInput input) =>
        input.Has("times") ? input.Column("times") : [.. Enumerable.Range(1, input.Rows).Select(row => (double)row)];

    private static Quantities SeasonalTrend(MethodInput input)
    {
        var values = input.Column("value");
        var period = input.Count("period", least: 2);
        var result = new Quantities { ["n"] = values.Length, ["period"] = period };
        var runs = Runs(input);
        foreach (var (name, own) in runs)
        {
            result[name] = Decomposition(own, values, period);
        }

        if (runs.Count == 0)
        {
            foreach (var (name, quantity) in Decomposition(input, values, period))
            {
                result[name] = quantity;
            }
        }

        return result;
    }

    /// <summary>Several decompositions of one series: those of the parameter <c>runs</c> (name: parameters), or those whose names are asked for and say how they are made:
    /// <c>swindow7</c>, <c>periodic</c>, with <c>_robust</c> and <c>_jump1</c>.</summary>
    private static List<(string Name, MethodInput Input)> Runs(MethodInput input)
    {
        var runs = new List<(string Name, MethodInput Input)>();
        if (input.Has("runs"))
        {
            var given = input.Raw("runs") is JsonObject written ? written : Parsed(input);
            foreach (var (name, settings) in given)
            {
                runs.Add((name, (settings as JsonObject ?? throw input.Wrong("runs", "JSON {\"name\": {\"s_window\": 7}}")).Aggregate(input, (own, pair) => own.With(pair.Key, pair.Value?.DeepClone()))));
            }

            return runs;
        }

        foreach (var name in input.Wanted.Where(name => name.Contains('.', StringComparison.Ordinal)).Select(name => name[..name.IndexOf('.', StringComparison.Ordinal)]).Distinct().Order(StringComparer.Ordinal))
        {
            if (RunName().Match(name) is { Success: true } parts)
            {
                var own = input.With("s_window", parts.Groups["window"].Success ? parts.Groups["window"].Value : "periodic");
                own = parts.Groups["robust"].Success ? own.With("robust", true) : own;
                if (parts.Groups["jump"].Success)
                {
                    own = own.With("s_jump", parts.Groups["jump"].Value).With("t_jump", parts.Groups["jump"].Value).With("l_jump", parts.Groups["jump"].Value);
                }

                runs.Add((name, own));
            }
        }

        return runs;
    }

    private static JsonObject Parsed(MethodInput input)
    {
        try
        {
            return JsonNode.Parse(input.Text("runs")) as JsonObject ?? throw input.Wrong("runs", "JSON");
        }
        catch (System.Text.Json.JsonException)
        {
            throw input.Wrong("runs", "JSON");
        }
    }

    private static Quantities Decomposition(MethodInput input, double[] values, int period)
    {
        var periodic = input.Text("s_window", "periodic") is var window && (window == "periodic" || window == "per");
        var fit = Stl.Decompose(values, new StlOptions(period, periodic ? null : input.Count("s_window", least: 2))
        {
            SeasonalDegree = input.Count("s_degree", 0, most: 1),
            TrendWindow = Optional(input, "t_window"),
            TrendDegree = input.Count("t_degree", 1, most: 1),
            LowPassWindow = Optional(input, "l_window"),
            LowPassDegree = input.Has("l_degree") ? input.Count("l_degree", most: 1) : null,
            SeasonalJump = Optional(input, "s_jump"),
            TrendJump = Optional(input, "t_jump"),
            LowPassJump = Optional(input, "l_jump"),
            Robust = input.Flag("robust"),
            Inner = Optional(input, "inner"),
            Outer = Optional(input, "outer", 0),
        });
        return new Quantities
        {
            ["s_window"] = periodic ? "periodic" : fit.SeasonalSmoother.Window,
            ["robust"] = input.Flag("robust"),
            ["window"] = Each(fit, smoother => smoother.Window),
            ["degree"] = Each(fit, smoother => smoother.Degree),
            ["jump"] = Each(fit, smoother => smoother.Jump),
            ["inner"] = fit.Inner,
            ["outer"] = fit.Outer,
            ["seasonal"] = fit.Seasonal,
            ["trend"] = fit.Trend,
            ["remainder"] = fit.Remainder,
            ["robustness_weights"] = fit.Outer > 0 ? fit.Weights : null,
        };
    }

    private static Quantities Each(StlResult fit, Func<LoessSettings, int> of) =>
        new() { ["s"] = of(fit.SeasonalSmoother), ["t"] = of(fit.TrendSmoother), ["l"] = of(fit.LowPassSmoother) };

    private static Quantities Trend(MethodInput input)
    {
        var rows = input.Complete("value", "times", "season");
        var (times, coverage) = (Times(rows), rows.Probability("coverage", 0.95));
        double[] values = rows.Column("value");
        var order = Enumerable.Range(0, times.Length).OrderBy(row => times[row]).ToArray();
        double[] sorted = [.. order.Select(row => values[row])];
        double[] sortedTimes = [.. order.Select(row => times[row])];
        TrendTest test;
        TheilSenLine line;
        if (rows.Has("season"))
        {
            var seasons = rows.Groups("season").Codes;
            int[] own = [.. order.Select(row => seasons[row])];
            (test, line) = (MannKendall.Seasonal(sorted, own), TheilSen.Seasonal(sortedTimes, sorted, own, coverage));
        }
        else
        {
            test = rows.Has("lags") ? MannKendall.HamedRao(sorted, rows.Count("lags", least: 1)) : MannKendall.Test(sorted);
            line = TheilSen.Fit(sortedTimes, sorted, coverage);
        }

        var result = rows.Start();
        result["S"] = test.S;
        result["var_S"] = test.Variance;
        result["z"] = test.Z;
        result["p"] = test.PValue;
        result["p_exact"] = test.ExactPValue;
        result["tau"] = test.Tau;
        result["slope"] = line.Slope;
        result["intercept"] = line.Intercept;
        result["lower"] = line.Interval.Lower;
        result["upper"] = line.Interval.Upper;
        result["pairs"] = line.Pairs;
        return result;
    }

    private static Quantities Cusum(MethodInput input)
    {
        var limit = input.Positive("limit", 5);
        var found = TabularCusum.Run(input.Column("value"), new CusumOptions(input.Number("level"), input.Number("sd"))
        {
            Allowance = input.NotNegative("allowance", 0.5),
            Limit = limit,
            HeadStart = input.NotNegative("head_start", 0) is var start && start < limit ? start : throw input.Wrong("head_start", Texts.HeadStartExpected.With(limit)),
        });
        var result = input.Start();
        result["upper"] = found.Upper;
        result["lower"] = found.Lower;
        result["signal_row"] = Array.ConvertAll(found.Signals, signal => signal.At + 1);
        result["signal_direction"] = Array.ConvertAll(found.Signals, signal => signal.Upwards ? "up" : "down");
        result["shift_from_row"] = Array.ConvertAll(found.Signals, signal => signal.ShiftStart + 1);
        result["new_level"] = Array.ConvertAll(found.Signals, signal => signal.Level);
        return result;
    }

    private static Quantities Stability(MethodInput input)
    {
        var found = OlsCusum.Test(input.Columns("covariates", intercept: true), input.Column("value"), input.Count("lags", 0));
        var result = input.Start();
        result["statistic"] = found.Statistic;
        result["p"] = found.PValue;
        result["last_row_before"] = found.At + 1;
        result["process"] = found.Process;
        return result;
    }

    private static Quantities Shifts(MethodInput input)
    {
        var found = MeanShifts.Find(input.Column("value"), new MeanShiftOptions
        {
            Penalty = input.Has("penalty") ? input.Number("penalty") : null,
            LeastLength = input.Count("least_length", 2, least: 1),
            StandardDeviation = input.Has("sd") ? input.Number("sd") : null,
        });
        var result = input.Start();
        result["sd"] = found.StandardDeviation;
        result["cost"] = found.Cost;
        result["from_row"] = Array.ConvertAll(found.Segments, segment => segment.From + 1);
        result["length"] = Array.ConvertAll(found.Segments, segment => segment.Length);
        result["mean"] = Array.ConvertAll(found.Segments, segment => segment.Mean);
        result["se"] = Array.ConvertAll(found.Segments, segment => segment.StandardError);
        return result;
    }

    private static Quantities Bends(MethodInput input)
    {
        var rows = input.Complete("value", "times");
        var fit = BrokenLine.Fit(Times(rows), rows.Column("value"), rows.Count("bends", 1), rows.Probability("coverage", 0.95));
        var result = rows.Start();
        result["intercept"] = fit.Intercept;
        result["slope"] = fit.Slopes;
        result["bend"] = Array.ConvertAll(fit.Bends, bend => bend.At);
        result["bend_se"] = Array.ConvertAll(fit.Bends, bend => bend.StandardError);
        result["bend_lower"] = Array.ConvertAll(fit.Bends, bend => bend.Interval.Lower);
        result["bend_upper"] = Array.ConvertAll(fit.Bends, bend => bend.Interval.Upper);
        result["slope_change"] = Array.ConvertAll(fit.Bends, bend => bend.SlopeChange);
        result["slope_change_se"] = Array.ConvertAll(fit.Bends, bend => bend.SlopeChangeStandardError);
        result["rss"] = fit.ResidualSumOfSquares;
        result["df"] = fit.DegreesOfFreedom;
        result["bic"] = fit.Bic;
        result["fitted"] = fit.Fitted;
        return result;
    }

    private static Quantities Interrupted(MethodInput input)
    {
        var covariates = input.Has("covariates") ? input.Columns("covariates") : null;
        var values = input.Column("value");
        var levelOnly = input.Flag("level_only");
        var fit = InterruptedSeries.Fit(
            values,
            new InterruptedSeriesOptions(input.Count("interruption", least: 3, most: Math.Max(3, values.Length - (levelOnly ? 0 : 1))) - 1)
            {
                SlopeChange = !levelOnly,
                Period = Optional(input, "period", 2),
                Lags = Optional(input, "lags", 0),
                SmallSample = !input.Flag("large_sample"),
                Level = input.Probability("coverage", 0.95),
            },
            covariates);
        var result = input.Start();
        result["coefficients"] = fit.Coefficients;
        result["se"] = fit.Covariance.RootDiagonal();
        result["level_change"] = Shape(fit.LevelChange);
        if (fit.SlopeChange is { } slope)
        {
            result["slope_change"] = Shape(slope);
        }

        result["cumulative_effect"] = Shape(fit.Cumulative[^1]);
        result["lags"] = fit.Lags;
        result["df"] = fit.DegreesOfFreedom;
        result["fitted"] = fit.Fitted;
        result["counterfactual"] = fit.Counterfactual;
        result["effects"] = Shape(fit.Effects);
        result["cumulative"] = Shape(fit.Cumulative);
        return result;
    }

    [GeneratedRegex("^(?:s_?(?:window)?_?(?<window>[0-9]+)|(?:s_?window_?)?periodic)(?<robust>_robust)?(?:_jump(?<jump>[0-9]+))?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RunName();
}
