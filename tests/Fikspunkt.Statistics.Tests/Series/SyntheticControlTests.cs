using Fikspunkt.Statistics.Series;

namespace Fikspunkt.Statistics.Tests.Series;

public sealed class SyntheticControlTests
{
    private const int Basque = 15; // the column of region 17 when region 1, the country, is left out

    [Fact]
    public void Fit_Basque_HasThePublishedWeights()
    {
        var (predictors, outcomes, names) = BasqueStudy();
        var fit = SyntheticControl.Fit(predictors, outcomes, Options());
        var weights = fit.Controls.Zip(fit.Weights).ToDictionary(pair => names[pair.First], pair => pair.Second);
        weights["Cataluna"].ShouldBe(0.851, 0.001);
        weights["Madrid (Comunidad De)"].ShouldBe(0.149, 0.001);
        weights.Values.Sum().ShouldBe(1, 1e-12);

        // Abadie, Diamond and Hainmueller (2011), section 3.3, print a loss of 0.008864629: ours is no higher.
        fit.FitLoss.ShouldBeInRange(0.00886, 0.008864629);
        fit.PredictorWeights.Sum().ShouldBe(1, 1e-12);
        fit.Gaps[42].ShouldBeLessThan(-0.5);
    }

    [Fact]
    public void Placebos_Basque_RankTheTreatedRegion()
    {
        var (predictors, outcomes, _) = BasqueStudy();
        var result = SyntheticControl.Placebos(predictors, outcomes, Options());
        result.Placebos.Length.ShouldBe(16);
        result.PValue.ShouldBe((1 + result.Placebos.Count(placebo => placebo.Ratio >= result.Treated.Ratio)) / 17.0, 1e-15);
        result.PValueAmongWellFitted(double.MaxValue).ShouldBe(result.PValue, 1e-15);
        result.PValueAmongWellFitted(0).ShouldBe(1);
        result.Placebos.ShouldAllBe(placebo => !placebo.Controls.Contains(Basque) && Math.Abs(placebo.Weights.Sum() - 1) < 1e-12);

        // Threads share nothing: the same bits from one fit alone.
        var alone = SyntheticControl.Fit(predictors, outcomes, Options() with { Treated = 3, Controls = [.. result.Treated.Controls.Where(unit => unit != 3)] });
        alone.Ratio.ShouldBe(result.Placebos[3].Ratio);
        alone.Weights.ShouldBe(result.Placebos[3].Weights);
    }

    [Fact]
    public void LeaveOneDonorOut_Basque_LeavesEachOfTheTwoOut()
    {
        var (predictors, outcomes, names) = BasqueStudy();
        var fits = SyntheticControl.LeaveOneDonorOut(predictors, outcomes, Options());
        fits.Select(fit => names[fit.Left]).ShouldBe(["Cataluna", "Madrid (Comunidad De)"]);
        fits.ShouldAllBe(fit => !fit.Result.Controls.Contains(fit.Left) && fit.Result.Controls.Length == 15);
    }

    [Fact]
    public void Fit_TreatedIsAMix_FindsIt() => RandomData.ForAllSeeds(seed =>
    {
        var random = new Random(seed);
        var (predictors, outcomes) = (new RowMatrix(6, 5), new RowMatrix(8, 5));
        double[] shares = [0, 0.2, 0.5, 0, 0.3];
        foreach (var matrix in new[] { predictors, outcomes })
        {
            for (var row = 0; row < matrix.Rows; row++)
            {
                for (var unit = 1; unit < 5; unit++)
                {
                    matrix[row, unit] = 10 + random.NextDouble();
                    matrix[row, 0] += shares[unit] * matrix[row, unit];
                }
            }
        }

        var fit = SyntheticControl.Fit(predictors, outcomes, new SyntheticControlOptions(0, 6));
        fit.Weights.ShouldBe(shares[1..], 1e-5);
        fit.Gaps.ShouldAllBe(gap => Math.Abs(gap) < 1e-4);
    });

    [Fact]
    public void Fit_GivenPredictorWeights_MeetsTheOptimalityConditions() => RandomData.ForAllSeeds(seed =>
    {
        var (units, k) = (2 + (seed % 12), 1 + (seed % 7));
        var predictors = new RowMatrix(k, units, RandomData.Normals(seed, k * units));
        var outcomes = new RowMatrix(3, units, RandomData.Normals(seed + 1, 3 * units));
        var v = RandomData.Normals(seed + 2, k).Select(Math.Abs).ToArray();
        var fit = SyntheticControl.Fit(predictors, outcomes, new SyntheticControlOptions(0, 2) { PredictorWeights = v });
        fit.Weights.ShouldAllBe(weight => weight >= 0);
        fit.Weights.Sum().ShouldBe(1, 1e-12);

        // Lagrange: the gradient is lowest, and the same, at all units with a share.
        var spread = Enumerable.Range(0, k).Select(m => Variance(predictors.Row(m))).ToArray();
        var gradient = fit.Controls.Select(unit => Enumerable.Range(0, k).Sum(m =>
            fit.PredictorWeights[m] / spread[m] * predictors[m, unit] * (fit.SyntheticPredictors[m] - predictors[m, 0]))).ToArray();
        for (var j = 0; j < gradient.Length; j++)
        {
            (gradient[j] - gradient.Min()).ShouldBeLessThan(fit.Weights[j] > 1e-9 ? 1e-8 : double.PositiveInfinity);
        }
    });

    [Fact]
    public void Fit_OtherUnitsOfMeasurementAndOrder_SameShares()
    {
        var (predictors, outcomes, _) = BasqueStudy();
        var fit = SyntheticControl.Fit(predictors, outcomes, Options());
        var scaled = new RowMatrix(predictors.Rows, predictors.Columns, [.. predictors.Values.Select((value, i) => (value * (1 << (i / predictors.Columns))) + 0)]);
        var turned = SyntheticControl.Fit(scaled, outcomes, Options() with { Controls = [.. fit.Controls.Reverse()] });
        turned.Weights.Reverse().ShouldBe(fit.Weights, 1e-3);
        turned.FitLoss.ShouldBe(fit.FitLoss, 1e-7);
    }

    [Fact]
    public void Fit_OneControl_TakesAllOfIt()
    {
        var fit = SyntheticControl.Fit(new RowMatrix(1, 2, [1, 2]), new RowMatrix(3, 2, [1, 2, 1, 3, 5, 4]), new SyntheticControlOptions(0, 2));
        fit.Weights.ShouldBe([1]);
        fit.Gaps.ShouldBe([-1, -2, 1]);
        fit.PreRmspe.ShouldBe(Math.Sqrt(2.5), 1e-15);
        fit.Ratio.ShouldBe(1 / Math.Sqrt(2.5), 1e-15);
    }

    [Fact]
    public void Fit_BadInput_IsRefused()
    {
        var (x, y) = (new RowMatrix(1, 3, [1, 2, 3]), new RowMatrix(2, 3, [1, 2, 3, 4, 5, 6]));
        var options = new SyntheticControlOptions(0, 1);
        Should.Throw<NoVariationException>(() => SyntheticControl.Fit(new RowMatrix(1, 3, [2, 2, 2]), y, options)).Argument.ShouldBe("predictors");
        Should.Throw<TooFewUnitsException>(() => SyntheticControl.Fit(x, y, options with { Controls = [] }));
        Should.Throw<TooFewUnitsException>(() => SyntheticControl.Placebos(x, y, options with { Controls = [1] }));
        Should.Throw<ArgumentException>(() => SyntheticControl.Fit(x, y, options with { Controls = [0, 1] }));
        Should.Throw<ArgumentException>(() => SyntheticControl.Fit(x, y, options with { PrePeriods = 3 }));
        Should.Throw<ArgumentException>(() => SyntheticControl.Fit(x, y, options with { FitFrom = 1 }));
        Should.Throw<InvalidValueException>(() => SyntheticControl.Fit(new RowMatrix(1, 3, [1, double.NaN, 3]), y, options)).Row.ShouldBe(0);
        Should.Throw<InvalidValueException>(() => SyntheticControl.Fit(x, y, options with { PredictorWeights = [-1] }));
        SyntheticControl.Fit(new RowMatrix(1, 3, [1, double.NaN, 3]), y, options with { Controls = [2] }).Weights.ShouldBe([1]);
    }

    internal static SyntheticControlOptions Options() => new(Basque, 15) { FitFrom = 5, FitPeriods = 10 };

    /// <summary>The specification of the study: the shares of the schools add up to 1 after averaging, the two highest schools are merged.</summary>
    internal static (RowMatrix Predictors, RowMatrix Outcomes, string[] Names) BasqueStudy()
    {
        var data = ReferenceCase.Load("synthetic-control-basque");
        var regions = data.Texts("\"regionno\"").Select(int.Parse).ToArray();
        var years = data.Texts("\"year\"").Select(int.Parse).ToArray();
        var names = data.Texts("\"regionname\"");
        var units = regions.Distinct().Where(region => region != 1).ToArray();
        double[] Mean(string column, params int[] when)
        {
            var values = data.Numbers($"\"{column}\"");
            return [.. units.Select(unit => Enumerable.Range(0, data.Rows).Where(row => regions[row] == unit && when.Contains(years[row])).Average(row => values[row]))];
        }

        int[] prior = [1964, 1965, 1966, 1967, 1968, 1969];
        string[] levels = ["illit", "prim", "med", "high", "post.high"];
        var schools = levels.Select(level => Mean($"school.{level}", prior)).ToArray();
        var rows = new List<double[]>();
        for (var level = 0; level < 4; level++)
        {
            rows.Add([.. Enumerable.Range(0, units.Length).Select(unit =>
                100 * (schools[level][unit] + (level == 3 ? schools[4][unit] : 0)) / schools.Sum(school => school[unit]))]);
        }

        rows.Add(Mean("invest", prior));
        rows.Add(Mean("gdpcap", [.. Enumerable.Range(1960, 10)]));
        string[] sectors = ["agriculture", "energy", "industry", "construction", "services.venta", "services.nonventa"];
        rows.AddRange(sectors.Select(sector => Mean($"sec.{sector}", 1961, 1963, 1965, 1967, 1969)));
        rows.Add(Mean("popdens", 1969));
        double[] outcomes = [.. Enumerable.Range(1955, 43).SelectMany(year => Mean("gdpcap", year))];
        return (new RowMatrix(13, units.Length, [.. rows.SelectMany(row => row)]), new RowMatrix(43, units.Length, outcomes),
            [.. units.Select(unit => names[Array.IndexOf(regions, unit)].Trim('"'))]);
    }

    private static double Variance(ReadOnlySpan<double> values)
    {
        var (sum, squares) = (0.0, 0.0);
        foreach (var value in values)
        {
            sum += value;
        }

        foreach (var value in values)
        {
            squares += (value - (sum / values.Length)) * (value - (sum / values.Length));
        }

        return squares / (values.Length - 1);
    }
}
