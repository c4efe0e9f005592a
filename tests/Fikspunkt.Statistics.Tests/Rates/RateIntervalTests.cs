using Fikspunkt.Statistics.Rates;

namespace Fikspunkt.Statistics.Tests.Rates;

public sealed class RateIntervalTests
{
    [Theory]
    [InlineData(0, 30)]
    [InlineData(1, 30)]
    [InlineData(7, 30)]
    [InlineData(29, 30)]
    [InlineData(30, 30)]
    public void ClopperPearson_Limits_HaveTheStatedTailsExactly(int events, int trials)
    {
        var interval = ClopperPearson.Interval(events, trials, 0.95);
        if (events > 0)
        {
            // P(X >= events) at the lower limit.
            (1 - (double)BinomialTwin.AtMost(events - 1, trials, (decimal)interval.Lower)).ShouldBe(0.025, 1e-12);
        }
        else
        {
            interval.Lower.ShouldBe(0);
        }

        if (events < trials)
        {
            ((double)BinomialTwin.AtMost(events, trials, (decimal)interval.Upper)).ShouldBe(0.025, 1e-12);
        }
        else
        {
            interval.Upper.ShouldBe(1);
        }
    }

    [Fact]
    public void Wilson_AnyCount_SolvesTheScoreEquationAndMirrors() =>
        RandomData.ForAllSeeds(seed =>
        {
            var random = new Random(seed);
            var trials = random.Next(1, 100_000);
            var events = random.Next(0, trials + 1);
            var interval = Wilson.Interval(events, trials, 0.95);
            foreach (var limit in new[] { interval.Lower, interval.Upper }.Where(limit => limit is > 0 and < 1))
            {
                (Math.Abs(events - (trials * limit)) / Math.Sqrt(trials * limit * (1 - limit))).ShouldBe(1.959963984540054, 1e-8);
            }

            var mirrored = Wilson.Interval(trials - events, trials, 0.95);
            mirrored.Lower.ShouldBe(1 - interval.Upper, 1e-14);
            interval.Lower.ShouldBeInRange(0, (double)events / trials);
        });

    [Fact]
    public void Byar_FewEvents_HasNoLowerLimit()
    {
        PoissonCount.Byar(0, 0.95).Lower.ShouldBe(double.NaN);
        PoissonCount.Byar(1, 0.998).Lower.ShouldBe(double.NaN);
        PoissonCount.Exact(0, 0.95).ShouldBe(new Interval(0, -Math.Log(0.025)), IntervalTolerance.Instance);
    }

    [Fact]
    public void Intervals_ImpossibleInput_Throw()
    {
        Should.Throw<InvalidValueException>(() => Wilson.Interval(5, 4, 0.95)).Argument.ShouldBe("events");
        Should.Throw<InvalidValueException>(() => Wilson.Interval(double.NaN, 4, 0.95));
        Should.Throw<InvalidValueException>(() => Wilson.Interval(0, 0, 0.95)).Argument.ShouldBe("trials");
        Should.Throw<InvalidValueException>(() => ClopperPearson.Interval(1, double.PositiveInfinity, 0.95));
        Should.Throw<InvalidValueException>(() => PoissonCount.Exact(-1, 0.95));
        Should.Throw<InvalidValueException>(() => PoissonCount.Byar(double.PositiveInfinity, 0.95));
        Should.Throw<InvalidValueException>(() => PoissonCount.Interval(1, 1)).Argument.ShouldBe("confidence");
    }

    private static Dictionary<string, object> Rates((string Area, double Events, double Size, double Multiplier)[] rows, bool summed = false)
    {
        var columns = Columns(rows, (row, confidence) => PoissonCount.Interval(row.Events, confidence).Interval.Times(row.Multiplier / row.Size), summed);
        columns["method"] = rows.Select(row => double.IsNaN(row.Events) ? null : PoissonCount.Interval(row.Events, 0.95).Method == CountMethod.Exact ? "Exact" : "Byars").ToArray();
        return columns;
    }

    private static Dictionary<string, object> Columns<T>(T[] rows, Func<(string Area, double Events, double Size, double Multiplier), double, Interval> limits, bool summed)
    {
        // Missing in, missing out: that is the caller's part.
        var table = rows.Cast<(string Area, double Events, double Size, double Multiplier)>().ToArray();
        Interval Of((string Area, double Events, double Size, double Multiplier) row, double confidence) =>
            double.IsNaN(row.Events) || double.IsNaN(row.Size) ? new Interval(double.NaN, double.NaN) : limits(row, confidence);
        var columns = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["value"] = table.Select(row => row.Events / row.Size * row.Multiplier),
            ["lower95"] = table.Select(row => Of(row, 0.95).Lower),
            ["upper95"] = table.Select(row => Of(row, 0.95).Upper),
            ["lower998"] = table.Select(row => Of(row, 0.998).Lower),
            ["upper998"] = table.Select(row => Of(row, 0.998).Upper),
        };
        if (summed)
        {
            columns["area"] = table.Select(row => row.Area);
            columns["numerator"] = table.Select(row => row.Events);
            columns["denominator"] = table.Select(row => row.Size);
        }

        return columns;
    }

    private sealed class IntervalTolerance : IEqualityComparer<Interval>
    {
        public static IntervalTolerance Instance { get; } = new();

        public bool Equals(Interval x, Interval y) => Math.Abs(x.Lower - y.Lower) < 1e-13 && Math.Abs(x.Upper - y.Upper) < 1e-13;

        public int GetHashCode(Interval obj) => 0;
    }
}

/// <summary>Binomial probabilities added up in 28-digit decimals.</summary>
internal static class BinomialTwin
{
    public static decimal AtMost(int count, int trials, decimal p)
    {
        var sum = 0m;
        for (var k = 0; k <= count; k++)
        {
            var term = 1m;
            for (var i = 0; i < k; i++)
            {
                term *= (decimal)(trials - i) / (k - i) * p;
            }

            for (var i = 0; i < trials - k; i++)
            {
                term *= 1 - p;
            }

            sum += term;
        }

        return sum;
    }
}
