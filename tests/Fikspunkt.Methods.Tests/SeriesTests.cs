using System.Globalization;
using System.Text.Json.Nodes;
using Fikspunkt.Domain;
using Fikspunkt.Sources;
using Fikspunkt.Statistics;
using Fikspunkt.Statistics.Series;
using Fikspunkt.Testing;

namespace Fikspunkt.Methods.Tests;

/// <summary>Methods for series and panels on small tables give the library's numbers.</summary>
public sealed class SeriesTests
{
    private static readonly TextTable Months = TextTableFile.Read(RepositoryFiles.Path("docs", "examples", "months.csv"));
    private static readonly TextTable Jobcentres = TextTableFile.Read(RepositoryFiles.Path("docs", "examples", "panel.csv"));
    private static readonly double[] Spells = Numbers(Months, "spells");
    private static readonly string[] CountryNames = ["Treated", "Near", "Far"];

    [Fact]
    public void Stl_Options_ReachTheLibrary()
    {
        var fit = Stl.Decompose(Spells, new StlOptions(12, 9)
        {
            SeasonalDegree = 1,
            TrendWindow = 21,
            TrendDegree = 0,
            LowPassWindow = 15,
            LowPassDegree = 1,
            SeasonalJump = 2,
            TrendJump = 4,
            LowPassJump = 3,
            Robust = true,
            Inner = 2,
            Outer = 3,
        });
        var found = Run(
            Months, "stl", ("value", "spells"), ("period", "12"), ("s_window", "9"), ("s_degree", "1"), ("t_window", "21"), ("t_degree", "0"), ("l_window", "15"), ("l_degree", "1"),
            ("s_jump", "2"), ("t_jump", "4"), ("l_jump", "3"), ("robust", "true"), ("inner", "2"), ("outer", "3"));
        Path(found, "seasonal").ShouldBe(fit.Seasonal);
        Path(found, "trend").ShouldBe(fit.Trend);
        Path(found, "robustness_weights").ShouldBe(fit.Weights);
        Path(Run(Months, "stl", ("value", "spells"), ("period", "12")), "s_window").ShouldBe("periodic");
    }

    [Fact]
    public void Stl_RunsByNameOrAsked_AreThoseNamed()
    {
        var robust = Stl.Decompose(Spells, new StlOptions(12, 13) { Robust = true }).Trend;
        var given = Run(Months, "stl", ("value", "spells"), ("period", "12"), ("runs", """{"mine": {"s_window": 13, "robust": true}}"""));
        Path(given, "mine.trend").ShouldBe(robust);
        var settings = new Dictionary<string, JsonNode?>(StringComparer.Ordinal) { ["value"] = "spells", ["period"] = 12 };
        var asked = Catalogue.Run(Catalogue.Find("stl"), new MethodInput(Months, settings, new HashSet<string> { "swindow13_robust.trend", "periodic_jump1.trend", "n" }));
        Path(asked, "swindow13_robust.trend").ShouldBe(robust);
        Path(asked, "periodic_jump1.trend").ShouldBe(Stl.Decompose(Spells, new StlOptions(12) { SeasonalJump = 1, TrendJump = 1, LowPassJump = 1 }).Trend);
    }

    [Fact]
    public void Trend_PlainSeasonalAndCorrected_AreTheLibrarys()
    {
        Path(Run(Months, "trend", ("value", "spells")), "p").ShouldBe(MannKendall.Test(Spells).PValue);
        Path(Run(Months, "trend", ("value", "spells"), ("lags", "2")), "z").ShouldBe(MannKendall.HamedRao(Spells, 2).Z);
        var seasons = Numbers(Months, "month").Select(month => (int)month - 1).ToArray();
        var seasonal = Run(Months, "trend", ("value", "spells"), ("season", "month"), ("times", "row"), ("coverage", "0.9"));
        Path(seasonal, "S").ShouldBe(MannKendall.Seasonal(Spells, seasons).S);
        Path(seasonal, "upper").ShouldBe(TheilSen.Seasonal(Numbers(Months, "row"), Spells, seasons, 0.9).Interval.Upper);
    }

    [Fact]
    public void ChangesOfOneSeries_AreTheLibrarys()
    {
        var signal = TabularCusum.Run(Spells, new CusumOptions(410, 15) { HeadStart = 1 }).Signals[0];
        var cusum = Run(Months, "cusum", ("value", "spells"), ("level", "410"), ("sd", "15"), ("head_start", "1"));
        ((int[])Path(cusum, "signal_row")!)[0].ShouldBe(signal.At + 1);
        Path(Run(Months, "ols-cusum", ("value", "spells"), ("covariates", "row"), ("lags", "2")), "statistic").ShouldBe(
            OlsCusum.Test(RowMatrix.FromColumns([.. Spells.Select(_ => 1.0)], Numbers(Months, "row")), Spells, 2).Statistic);
        Path(Run(Months, "mean-shifts", ("value", "spells"), ("penalty", "6"), ("least_length", "3"), ("sd", "12")), "cost").ShouldBe(
            MeanShifts.Find(Spells, new MeanShiftOptions { Penalty = 6, LeastLength = 3, StandardDeviation = 12 }).Cost);
        Path(Run(Months, "broken-line", ("value", "spells"), ("times", "row"), ("bends", "2")), "rss").ShouldBe(BrokenLine.Fit(Numbers(Months, "row"), Spells, 2).ResidualSumOfSquares);
        var interrupted = InterruptedSeries.Fit(Spells, new InterruptedSeriesOptions(36) { SlopeChange = false, Period = 12, Lags = 2, SmallSample = false, Level = 0.9 });
        var found = Run(Months, "interrupted-series", ("value", "spells"), ("interruption", "37"), ("level_only", "true"), ("period", "12"), ("lags", "2"), ("large_sample", "true"), ("coverage", "0.9"));
        Path(found, "level_change.lower").ShouldBe(interrupted.LevelChange.Interval.Lower);
        found.Has("slope_change").ShouldBeFalse();
    }

    [Fact]
    public void Panels_AreTheLibrarys()
    {
        var units = Enumerable.Range(0, 100).Select(row => row / 10).ToArray();
        var (years, rates) = (Numbers(Jobcentres, "year"), Numbers(Jobcentres, "rate"));
        int[] periods = [.. years.Select(year => (int)year)];
        int?[] first = [.. Jobcentres.Cells[Jobcentres.IndexOf("first_year")].Select(cell => cell.Length == 0 ? (int?)null : int.Parse(cell, CultureInfo.InvariantCulture))];
        (string, string)[] roles = [("response", "rate"), ("unit", "jobcentre"), ("period", "year")];
        var panel = new Panel(rates, units, periods) { Weights = Numbers(Jobcentres, "persons") };
        Number(Run(Jobcentres, "difference-in-differences", [.. roles, ("treatment", "treated"), ("weights", "persons")]), "effect.se")
            .ShouldBe(DifferenceInDifferences.Fit(panel, Numbers(Jobcentres, "treated")).Effect.StandardError, 1e-12);
        Number(Run(Jobcentres, "event-study", [.. roles, ("first_treated", "first_year"), ("weights", "persons"), ("leads", "4"), ("baseline", "-2")]), "pretrend_p")
            .ShouldBe(EventStudy.Fit(panel, first, new EventStudyOptions { Leads = 4, Reference = -2 }).PreTrendPValue, 1e-9);
        Number(Run(Jobcentres, "group-time-effects", [.. roles, ("first_treated", "first_year"), ("compared_with", "not-yet")]), "overall.estimate")
            .ShouldBe(GroupTimeEffects.Fit(new RowMatrix(10, 10, rates), [.. Enumerable.Range(0, 10).Select(unit => first[unit * 10] - 2014)], ControlUnits.NotYet).Overall.Value, 1e-12);
    }

    [Fact]
    public void SyntheticControl_PredictorList_IsReadAsWritten()
    {
        // Two units and four years: the share is that of the means, 100 x (2 + 2) / (2 + 2 + 4), and missing cells are left out of a mean.
        var table = Table(
            ["code", "name", "year", "y", "a", "b", "c"],
            ["1", "Treated", "2001", "5", "1", "2", "4"], ["1", "Treated", "2002", "6", "3", "2", ""], ["1", "Treated", "2003", "9", "9", "9", "9"],
            ["2", "Near", "2001", "5", "1", "3", "4"], ["2", "Near", "2002", "6", "1", "3", "4"], ["2", "Near", "2003", "7", "9", "9", "9"],
            ["3", "Far", "2001", "1", "5", "1", "4"], ["3", "Far", "2002", "1", "5", "1", "4"], ["3", "Far", "2003", "1", "9", "9", "9"]);
        (string, string)[] roles = [("response", "y"), ("unit", "code"), ("id", "name"), ("period", "year"), ("treated", "1"), ("fit_period", "2001,2002")];
        var found = Run(table, "synthetic-control", [.. roles, ("predictors", """[{"name": "ab", "columns": ["a", "b"], "share_of": ["a", "b", "c"], "periods": ["2001-2002"]}, "c"]""")]);
        var predictors = new RowMatrix(2, 3, [50, 50, 60, 4, 4, 4]);
        var fit = SyntheticControl.Fit(predictors, new RowMatrix(3, 3, [5, 5, 1, 6, 6, 1, 9, 7, 1]), new SyntheticControlOptions(0, 2));
        Path(found, "weights.Near").ShouldBe(fit.Weights[0]);
        Path(found, "predictor_weights.c").ShouldBe(0.0);
        Path(found, "gap").ShouldBe(fit.Gaps);
        ((Quantities)Path(found, "weights")!).Select(entry => entry.Key).ShouldBe(CountryNames[1..]);

        // Without predictors: the outcome of each period of fit.
        Path(Run(table, "synthetic-control", roles), "gap").ShouldBe(
            SyntheticControl.Fit(new RowMatrix(2, 3, [5, 5, 1, 6, 6, 1]), new RowMatrix(3, 3, [5, 5, 1, 6, 6, 1, 9, 7, 1]), new SyntheticControlOptions(0, 2)).Gaps);
    }

    [Fact]
    public void SyntheticControl_PlacebosAndLeaveOneOut_WhenAskedFor()
    {
        (string, string)[] roles = [("response", "rate"), ("unit", "jobcentre"), ("period", "year"), ("treated", "Vest"), ("controls", "Birkeby,Egelund,Fjordby,Nord"), ("treatment_period", "2019")];
        var found = Run(Jobcentres, "synthetic-control", [.. roles, ("placebos", "true"), ("leave_one_out", "true")]);
        ((double)Path(found, "placebo.p")!).ShouldBeInRange(0.2, 1);
        ((Quantities)Path(found, "placebo.ratio")!).Count.ShouldBe(4);
        ((Quantities)Path(found, "leave_one_out")!).Count.ShouldBeGreaterThan(0);
        Run(Jobcentres, "synthetic-control", roles).Has("placebo").ShouldBeFalse();
    }

    [Theory]
    [InlineData("treated", "nobody")]
    [InlineData("controls", "nobody")]
    [InlineData("predictors", "see elsewhere")]
    [InlineData("predictors", "[{}]")]
    [InlineData("predictors", "[")]
    [InlineData("fit_period", "2016")]
    public void SyntheticControl_WrongParameter_IsRefusedByName(string name, string value)
    {
        var settings = Settings(("response", "rate"), ("unit", "jobcentre"), ("period", "year"), ("treated", "Vest"), ("treatment_period", "2019"));
        settings[name] = value;
        Should.Throw<InputException>(() => Catalogue.Run(Catalogue.Find("synthetic-control"), new MethodInput(Jobcentres, settings))).Problems[0].ToString().ShouldContain(name);
    }

    [Fact]
    public void Treatment_ThatNeverVaries_IsToldInTheUsersWords()
    {
        var settings = Settings(("response", "rate"), ("unit", "jobcentre"), ("period", "year"), ("treatment", "persons"));
        Should.Throw<InputException>(() => Catalogue.Run(Catalogue.Find("difference-in-differences"), new MethodInput(Jobcentres, settings))).Problems[0].ToString().ShouldContain("treatment");
    }

    private static TextTable Table(string[] columns, params string[][] rows) =>
        new("t.csv", columns, [.. columns.Select((_, column) => rows.Select(row => row[column]).ToArray())], [.. Enumerable.Range(2, rows.Length)], HasDecimalComma: false);

    private static double[] Numbers(TextTable table, string column) => Array.ConvertAll(table.Cells[table.IndexOf(column)], cell => double.Parse(cell, CultureInfo.InvariantCulture));

    private static Quantities Run(TextTable table, string method, params (string Name, string Value)[] settings) =>
        Catalogue.Run(Catalogue.Find(method), new MethodInput(table, Settings(settings)));

    private static Dictionary<string, JsonNode?> Settings(params (string Name, string Value)[] settings) =>
        settings.ToDictionary(setting => setting.Name, setting => (JsonNode?)setting.Value, StringComparer.Ordinal);

    private static double Number(Quantities quantities, string path) => (double)Path(quantities, path)!;

    private static object? Path(Quantities quantities, string path) =>
        path.Split('.').Aggregate((object?)quantities, (value, name) => ((Quantities)value!)[name]);
}
