using Fikspunkt.Statistics.Regression;

namespace Fikspunkt.Statistics.Tests.Regression;

public sealed class GeneralizedLinearModelTests
{
    [Fact]
    public void Fit_Gaussian_IsLinearRegression() =>
        RandomData.ForAllSeeds(seed =>
        {
            var (x, y, w) = RandomData.Regression(seed, rows: 40, columns: 4);
            var fit = GeneralizedLinearModel.Fit(x, y, new GlmOptions(GlmFamily.Gaussian), w);
            var ols = LinearRegression.Fit(x, y, w);
            fit.Coefficients.ShouldBe(ols.Coefficients, 1e-10);
            fit.Covariance.Values.ShouldBe(ols.Covariance(CovarianceKind.Classical).Values, 1e-10);
            fit.Dispersion.ShouldBe(ols.ResidualVariance, 1e-10);
        });

    [Fact]
    public void Fit_QuasiBinomial_IsTheFractionalLogit() =>
        RandomData.ForAllSeeds(seed =>
        {
            var (x, y, w) = RandomData.Regression(seed, rows: 40, columns: 3);
            var shares = Array.ConvertAll(y, value => 1 / (1 + Math.Exp(-value)));
            var fit = GeneralizedLinearModel.Fit(x, shares, new GlmOptions(GlmFamily.QuasiBinomial), w);
            var logit = FractionalLogit.Fit(x, shares, w);
            fit.Coefficients.ShouldBe(logit.Coefficients, 1e-9);
            fit.UnscaledCovariance.Values.ShouldBe(logit.UnscaledCovariance.Values, 1e-9);
            fit.Dispersion.ShouldBe(logit.Dispersion, 1e-9);
            fit.Deviance.ShouldBe(logit.Deviance, 1e-9);
            fit.PearsonResiduals.ShouldBe(logit.PearsonResiduals, 1e-8);
        });

    [Theory]
    [InlineData(GlmFamily.Poisson, GlmLink.Canonical)]
    [InlineData(GlmFamily.Binomial, GlmLink.Canonical)]
    [InlineData(GlmFamily.Binomial, GlmLink.ComplementaryLogLog)]
    public void Fit_TopOfTheLikelihood_HasNoSlopeAndTheRightCurvature(GlmFamily family, GlmLink link) =>
        RandomData.ForAllSeeds(seed =>
        {
            var (x, y, w) = RandomData.Regression(seed, rows: 60, columns: 3);
            var offset = RandomData.Normals(seed + 1, 60);
            double[] response = family == GlmFamily.Poisson
                ? Array.ConvertAll(y, value => Math.Round(Math.Exp(0.3 * value)))
                : Array.ConvertAll(y, value => Math.Round(10 / (1 + Math.Exp(-0.3 * value))) / 10);
            var fit = GeneralizedLinearModel.Fit(x, response, new GlmOptions(family, link), w, offset);

            // Mean, slope of the mean and variance by hand: quasi-score and expected information.
            for (var a = 0; a < 3; a++)
            {
                var score = 0.0;
                var product = new double[3];
                for (var i = 0; i < 60; i++)
                {
                    var eta = offset[i] + Enumerable.Range(0, 3).Sum(j => x[i, j] * fit.Coefficients[j]);
                    var (mean, change) = (family, link) switch
                    {
                        (GlmFamily.Poisson, _) => (Math.Exp(eta), Math.Exp(eta)),
                        (_, GlmLink.Canonical) => (1 / (1 + Math.Exp(-eta)), Math.Exp(eta) / Math.Pow(1 + Math.Exp(eta), 2)),
                        _ => (1 - Math.Exp(-Math.Exp(eta)), Math.Exp(eta - Math.Exp(eta))),
                    };
                    var rest = link == GlmLink.ComplementaryLogLog ? Math.Exp(-Math.Exp(eta)) : 1 - mean;
                    var variance = family == GlmFamily.Poisson ? mean : mean * rest;
                    fit.Fitted[i].ShouldBe(mean, 1e-9 * (1 + mean));
                    score += w[i] * x[i, a] * (response[i] - 1 + (family == GlmFamily.Poisson ? 1 - mean : rest)) * change / variance;
                    for (var b = 0; b < 3; b++)
                    {
                        product[b] += Enumerable.Range(0, 3).Sum(c => w[i] * x[i, a] * change * change / variance * x[i, c] * fit.Covariance[c, b]);
                    }
                }

                score.ShouldBe(0, 1e-6);
                product.ShouldBe([.. Enumerable.Range(0, 3).Select(b => a == b ? 1.0 : 0)], 1e-6);
            }
        });

    [Fact]
    public void Fit_WeightsOfCounts_EqualRepeatedRows() =>
        RandomData.ForAllSeeds(seed =>
        {
            var (x, y, _) = RandomData.Regression(seed, rows: 25, columns: 2);
            var counts = Array.ConvertAll(y, value => Math.Round(Math.Exp(0.4 * value)));
            var times = Enumerable.Range(0, 25).Select(i => (i + seed) % 3).ToArray();
            int[] rows = [.. Enumerable.Range(0, 25).SelectMany(i => Enumerable.Repeat(i, times[i]))];
            var repeated = new RowMatrix(rows.Length, 2, [.. rows.SelectMany(i => x.Row(i).ToArray())]);
            var fit = GeneralizedLinearModel.Fit(x, counts, new GlmOptions(GlmFamily.Poisson), [.. times.Select(value => (double)value)]);
            var other = GeneralizedLinearModel.Fit(repeated, [.. rows.Select(i => counts[i])], new GlmOptions(GlmFamily.Poisson));
            fit.Coefficients.ShouldBe(other.Coefficients, 1e-9);
            fit.Deviance.ShouldBe(other.Deviance, 1e-8);
            fit.LogLikelihood().ShouldBe(other.LogLikelihood(), 1e-8);
        });

    [Fact]
    public void Fit_AnyNumberOfThreads_GivesTheSameBits()
    {
        var (x, y, w) = RandomData.Regression(5, rows: 5_000, columns: 6);
        var response = Array.ConvertAll(y, value => value > 0 ? 1.0 : 0);
        var one = GeneralizedLinearModel.Fit(x, response, new GlmOptions(GlmFamily.Binomial, Threads: 1), w);
        var many = GeneralizedLinearModel.Fit(x, response, new GlmOptions(GlmFamily.Binomial, Threads: 4), w);
        many.Coefficients.ShouldBe(one.Coefficients);
        many.UnscaledCovariance.Values.ShouldBe(one.UnscaledCovariance.Values);
    }

    [Fact]
    public void Fit_NearlyDependentColumns_KeepsItsDigits()
    {
        // Two columns that differ by a millionth: normal equations lose twelve digits, the orthonormal basis six.
        var (x, y, _) = RandomData.Regression(3, rows: 50, columns: 3);
        var close = new RowMatrix(50, 3);
        for (var i = 0; i < 50; i++)
        {
            (close[i, 0], close[i, 1], close[i, 2]) = (1, x[i, 1], x[i, 1] + (1e-6 * x[i, 2]));
        }

        var counts = Array.ConvertAll(y, value => Math.Round(Math.Exp(0.2 * value)));
        var fit = GeneralizedLinearModel.Fit(close, counts, new GlmOptions(GlmFamily.Poisson));
        var plain = GeneralizedLinearModel.Fit(x, counts, new GlmOptions(GlmFamily.Poisson));
        (fit.Coefficients[2] * 1e-6).ShouldBe(plain.Coefficients[2], 1e-7);
        (Math.Sqrt(fit.Covariance[2, 2]) * 1e-6).ShouldBe(Math.Sqrt(plain.Covariance[2, 2]), 1e-7);
    }

    [Fact]
    public void Fit_HugeOffsetsOfColumnsAndPredictor_ChangesOnlyTheIntercept()
    {
        var (x, y, _) = RandomData.Regression(4, rows: 60, columns: 3);
        var counts = Array.ConvertAll(y, value => Math.Round(Math.Exp(0.3 * value)));
        var moved = new RowMatrix(60, 3, [.. x.Values.Select((value, i) => i % 3 == 1 ? value + 1e6 : value)]);
        var offset = new double[60];
        Array.Fill(offset, 500);
        var plain = GeneralizedLinearModel.Fit(x, counts, new GlmOptions(GlmFamily.Poisson));
        GeneralizedLinearModel.Fit(moved, counts, new GlmOptions(GlmFamily.Poisson)).Coefficients[1..].ShouldBe(plain.Coefficients[1..], 1e-7);
        var shifted = GeneralizedLinearModel.Fit(x, counts, new GlmOptions(GlmFamily.Poisson), offset: offset);
        (shifted.Coefficients[0] + 500).ShouldBe(plain.Coefficients[0], 1e-8);
    }

    [Fact]
    public void Fit_DegenerateInput_GivesTypedErrors()
    {
        var x = new RowMatrix(4, 2, [1, 0, 1, 0, 1, 1, 1, 1]);
        var poisson = new GlmOptions(GlmFamily.Poisson);
        var binomial = new GlmOptions(GlmFamily.Binomial);
        Should.Throw<SeparationException>(() => GeneralizedLinearModel.Fit(x, [1, 2, 0, 0], poisson)).Rows.ShouldBe([2, 3]);
        Should.Throw<SeparationException>(() => GeneralizedLinearModel.Fit(x, [0, 0, 0, 0], poisson));
        Should.Throw<SeparationException>(() => GeneralizedLinearModel.Fit(x, [0, 1, 1, 1], binomial)).Rows.ShouldBe([2, 3]);
        Should.Throw<SeparationException>(() => GeneralizedLinearModel.Fit(x, [0, 1, 1, 1], new GlmOptions(GlmFamily.Binomial, GlmLink.ComplementaryLogLog)));
        Should.Throw<InvalidValueException>(() => GeneralizedLinearModel.Fit(x, [0, -1, 1, 1], poisson)).Row.ShouldBe(1);
        Should.Throw<InvalidValueException>(() => GeneralizedLinearModel.Fit(x, [0, 2, 1, 1], binomial));
        Should.Throw<InvalidValueException>(() => GeneralizedLinearModel.Fit(x, [0, double.NaN, 1, 1], poisson));
        Should.Throw<InvalidValueException>(() => GeneralizedLinearModel.Fit(new RowMatrix(2, 1, [1, double.PositiveInfinity]), [1, 1], poisson));
        Should.Throw<InvalidValueException>(() => GeneralizedLinearModel.Fit(x, [0, 1, 1, 1], poisson, offset: [0, 0, double.NaN, 0]));
        Should.Throw<RankDeficientException>(() => GeneralizedLinearModel.Fit(new RowMatrix(3, 2, [1, 2, 1, 2, 1, 2]), [1, 2, 3], poisson)).Columns.ShouldBe([0, 1]);
        Should.Throw<TooFewUnitsException>(() => GeneralizedLinearModel.Fit(new RowMatrix(1, 2, [1, 2]), [1], poisson));
        Should.Throw<ArgumentException>(() => GeneralizedLinearModel.Fit(x, [0, 1, 1, 1], new GlmOptions(GlmFamily.Poisson, GlmLink.ComplementaryLogLog)));
    }
}
