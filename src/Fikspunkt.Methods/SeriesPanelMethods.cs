using Fikspunkt.Domain;
using Fikspunkt.Statistics;
using Fikspunkt.Statistics.Series;

namespace Fikspunkt.Methods;

/// <summary>Methods for units over time, one row a unit and period.</summary>
internal static class SeriesPanelMethods
{
    public static IReadOnlyList<Method> All { get; } =
    [
        new(
            "difference-in-differences",
            "series-differences",
            [
                Take.Column("response"), Take.Column("unit"), Take.Column("period"), Take.Column("treatment"), Take.Columns("covariates", required: false),
                Take.Column("weights", required: false), Take.Column("cluster", required: false), Take.Number("coverage", "0.95"),
            ],
            "--input docs/examples/panel.csv --response rate --unit jobcentre --period year --treatment treated",
            Difference),
        new(
            "event-study",
            "series-differences",
            [
                Take.Column("response"), Take.Column("unit"), Take.Column("period"), Take.Column("first_treated"), Take.Columns("covariates", required: false),
                Take.Column("weights", required: false), Take.Column("cluster", required: false), Take.Number("leads"), Take.Number("lags"), Take.Number("baseline", "-1"), Take.Number("coverage", "0.95"),
            ],
            "--input docs/examples/panel.csv --response rate --unit jobcentre --period year --first-treated first_year --leads 3 --lags 2",
            Event),
        new(
            "group-time-effects",
            "series-differences",
            [
                Take.Column("response"), Take.Column("unit"), Take.Column("period"), Take.Column("first_treated"), Take.Choice("compared_with", "never", "not-yet"), Take.Number("coverage", "0.95"),
            ],
            "--input docs/examples/panel.csv --response rate --unit jobcentre --period year --first-treated first_year",
            GroupTime),
    ];

    private static Quantities Difference(MethodInput input)
    {
        var rows = input.Complete("response", "unit", "period", "treatment", "covariates", "weights", "cluster");
        var fit = DifferenceInDifferences.Fit(PanelOf(rows), rows.Column("treatment"), rows.Probability("coverage", 0.95));
        var result = new Quantities { ["n"] = fit.Rows };
        result["effect"] = SeriesMethods.Shape(fit.Effect);
        if (rows.Has("covariates"))
        {
            var terms = rows.Terms("covariates");
            result["coefficients"] = Quantities.Of(terms, fit.Coefficients[1..]);
            result["se"] = Quantities.Of(terms, fit.Covariance.RootDiagonal()[1..]);
        }

        result["clusters"] = fit.Clusters;
        result["factor"] = fit.Factor;
        result["adoption_times"] = fit.AdoptionTimes;
        result["staggered"] = fit.Staggered;
        result["negative_weight"] = fit.NegativeWeight;
        return result;
    }

    private static Quantities Event(MethodInput input)
    {
        var rows = input.Complete("response", "unit", "period", "covariates", "weights", "cluster");
        var fit = EventStudy.Fit(PanelOf(rows), FirstTreated(rows), new EventStudyOptions
        {
            Leads = rows.Has("leads") ? rows.Count("leads", least: 1) : null,
            Lags = rows.Has("lags") ? rows.Count("lags") : null,
            Reference = rows.Number("baseline", -1) is <= -1 and >= -1e6 and var baseline && baseline == Math.Floor(baseline) ? (int)baseline : throw rows.Wrong("baseline", "-1, -2, ..."),
            Level = rows.Probability("coverage", 0.95),
        });
        return new Quantities
        {
            ["n"] = rows.Rows,
            ["clusters"] = fit.Clusters,
            ["time"] = fit.Times,
            ["effects"] = SeriesMethods.Shape(fit.Effects),
            ["pretrend_F"] = fit.PreTrend,
            ["pretrend_p"] = fit.PreTrendPValue,
        };
    }

    private static Quantities GroupTime(MethodInput input)
    {
        var rows = input.Complete("response", "unit", "period");
        var (outcomes, units, periods) = Grid(rows);
        var first = FirstTreated(rows);
        var codes = rows.Groups("unit").Codes;
        var own = new int?[units.Length];
        for (var row = 0; row < codes.Length; row++)
        {
            // A year after the last period is a unit that is never treated within the data.
            own[codes[row]] = first[row] is { } year && year <= periods[^1] ? Array.FindIndex(periods, period => period >= year) : null;
        }

        var controls = rows.Choice("compared_with", "never", "not-yet") == "never" ? ControlUnits.Never : ControlUnits.NotYet;
        var fit = GroupTimeEffects.Fit(outcomes, own, controls, rows.Probability("coverage", 0.95));
        return new Quantities
        {
            ["n"] = rows.Rows,
            ["units"] = units.Length - fit.AlwaysTreated,
            ["always_treated"] = fit.AlwaysTreated,
            ["overall"] = SeriesMethods.Shape(fit.Overall),
            ["time"] = Array.ConvertAll(fit.ByTime, pair => pair.Time),
            ["by_time"] = SeriesMethods.Shape(fit.ByTime.Select(pair => pair.Effect)),
            ["group"] = Array.ConvertAll(fit.Cells, cell => periods[cell.First]),
            ["cell_period"] = Array.ConvertAll(fit.Cells, cell => periods[cell.Period]),
            ["cells"] = SeriesMethods.Shape(fit.Cells.Select(cell => cell.Effect)),
        };
    }

    private static Panel PanelOf(MethodInput rows) => new(rows.Column("response"), rows.Groups("unit").Codes, Whole(rows, "period"))
    {
        Weights = rows.Has("weights") ? rows.Column("weights") : null,
        Clusters = rows.Has("cluster") ? rows.Groups("cluster").Codes : null,
        Covariates = rows.Has("covariates") ? rows.Columns("covariates") : null,
    };

    /// <summary>The outcomes as units x periods; every unit must have one row in every period.</summary>
    private static (RowMatrix Outcomes, string[] Units, int[] Periods) Grid(MethodInput rows)
    {
        var (units, codes) = rows.Groups("unit");
        var (when, values) = (Whole(rows, "period"), rows.Column("response"));
        int[] periods = [.. when.Distinct().Order()];
        var outcomes = new RowMatrix(units.Length, periods.Length);
        Array.Fill(outcomes.Values, double.NaN);
        for (var row = 0; row < values.Length; row++)
        {
            outcomes[codes[row], Array.BinarySearch(periods, when[row])] = values[row];
        }

        return values.Length == outcomes.Values.Length ? (outcomes, units, periods) : throw rows.Wrong("period", Texts.PanelExpected.With(units.Length, periods.Length));
    }

    private static int?[] FirstTreated(MethodInput rows)
    {
        if (!rows.Has("first_treated"))
        {
            throw rows.Missing("first_treated");
        }

        return Array.ConvertAll(rows.NumbersOrMissing(rows.Text("first_treated")), year => double.IsNaN(year) ? (int?)null : Whole(rows, "first_treated", year));
    }

    private static int[] Whole(MethodInput rows, string role) => Array.ConvertAll(rows.Column(role), value => Whole(rows, role, value));

    private static int Whole(MethodInput rows, string role, double value) =>
        value == Math.Floor(value) && Math.Abs(value) <= 1e9 ? (int)value : throw rows.Wrong(role, Texts.CountExpected.With(0));
}
