using Fikspunkt.Statistics.Series;

namespace Fikspunkt.Statistics.Tests.Series;

public sealed class InterruptedSeriesTests
{
    private static readonly double[] Series =
        [.. Enumerable.Range(0, 40).Select(t => 5 + (0.1 * t) + (2 * Math.Sin(t / 3.0)) + (t * t * 17 % 13 / 6.0) + (t >= 25 ? 3 + (0.2 * (t - 25)) : 0))];

    [Fact]
    public void Fit_MadeUpSeries_IsThatOfR()
    {
        // R 4.2.2: lm(y ~ t + D + S) and the Newey-West sandwich with 3 lags and n / (n - k), written out.
        var fit = InterruptedSeries.Fit(Series, new InterruptedSeriesOptions(25) { Lags = 3 });
        fit.Coefficients.ShouldBe([6.45241627488565328, 0.08940509285820583, 2.98063641482138042, 0.10883966960291885], 1e-11);
        fit.Covariance.RootDiagonal().ShouldBe([0.93218722818022548, 0.07138653642748714, 1.20079558896297645, 0.10968106619333509], 1e-11);
        fit.LevelChange.PValue.ShouldBe(0.01785714733483812, 1e-11);
        fit.Cumulative[14].Value.ShouldBe(56.13771153062718611, 1e-9);
        fit.Cumulative[14].StandardError.ShouldBe(25.01175130346737063, 1e-9);
        fit.DegreesOfFreedom.ShouldBe(36);
        InterruptedSeries.Fit(Series, new InterruptedSeriesOptions(25)).Lags.ShouldBe(3);
    }

    [Fact]
    public void Fit_SeasonsWithoutSmallSample_IsThatOfR()
    {
        var fit = InterruptedSeries.Fit(Series, new InterruptedSeriesOptions(25) { Lags = 5, Period = 4, SmallSample = false });
        fit.Coefficients.ShouldBe(
            [6.24351942947800254, 0.08947917074386867, 2.95495639136510269, 0.10899488041097431, 0.26553869968758009, 0.35167243743385257, 0.24948849112730068], 1e-11);
        fit.Covariance.RootDiagonal().ShouldBe(
            [1.0095376312762119, 0.0690867129049277, 1.1204652374567716, 0.1105361819922636, 0.3572942093035718, 0.4009472842895692, 0.4172119267917097], 1e-11);
    }

    [Fact]
    public void Fit_AnySeries_EffectsAreFittedLessCounterfactual() => RandomData.ForAllSeeds(seed =>
    {
        var y = RandomData.Normals(seed, 30);
        var fit = InterruptedSeries.Fit(y, new InterruptedSeriesOptions(18) { SlopeChange = seed % 2 == 0 }, RowMatrix.FromColumns(RandomData.Normals(seed + 1, 30)));
        var sum = 0.0;
        for (var j = 0; j < 12; j++)
        {
            sum += fit.Effects[j].Value;
            (fit.Fitted[18 + j] - fit.Counterfactual[18 + j]).ShouldBe(fit.Effects[j].Value, 1e-10);
            fit.Cumulative[j].Value.ShouldBe(sum, 1e-9);
            fit.Effects[j].Interval.Lower.ShouldBeLessThanOrEqualTo(fit.Effects[j].Value);
        }

        fit.Counterfactual[..18].ShouldBe(fit.Fitted[..18]);
        fit.Effects[0].ShouldBe(fit.LevelChange);
        fit.SlopeChange.HasValue.ShouldBe(seed % 2 == 0);

        // Another trend in all of the series is no effect.
        var other = InterruptedSeries.Fit([.. y.Select((value, t) => value + (3 * t) - 7)], new InterruptedSeriesOptions(18) { SlopeChange = seed % 2 == 0 }, RowMatrix.FromColumns(RandomData.Normals(seed + 1, 30)));
        other.Cumulative[11].Value.ShouldBe(fit.Cumulative[11].Value, 1e-8);
        other.Cumulative[11].StandardError.ShouldBe(fit.Cumulative[11].StandardError, 1e-8);
    });

    [Fact]
    public void Fit_BadInput_IsRefused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => InterruptedSeries.Fit(Series, new InterruptedSeriesOptions(1)));
        Should.Throw<ArgumentOutOfRangeException>(() => InterruptedSeries.Fit(Series, new InterruptedSeriesOptions(39)));
        Should.Throw<ArgumentOutOfRangeException>(() => InterruptedSeries.Fit(Series, new InterruptedSeriesOptions(20) { Lags = -1 }));
        Should.Throw<TooFewUnitsException>(() => InterruptedSeries.Fit([1, 2, 3, 5], new InterruptedSeriesOptions(2)));
        Should.Throw<InvalidValueException>(() => InterruptedSeries.Fit([1, 2, double.NaN, 5, 4, 4], new InterruptedSeriesOptions(3)));
        Should.Throw<RankDeficientException>(() => InterruptedSeries.Fit(Series, new InterruptedSeriesOptions(20), RowMatrix.FromColumns([.. Enumerable.Repeat(2.0, 40)])));
        var flat = InterruptedSeries.Fit([.. Enumerable.Repeat(3.0, 20)], new InterruptedSeriesOptions(10));
        flat.LevelChange.Value.ShouldBe(0, 1e-12);
    }
}
