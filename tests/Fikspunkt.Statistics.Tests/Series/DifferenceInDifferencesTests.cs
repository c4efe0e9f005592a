using Fikspunkt.Statistics.Series;

namespace Fikspunkt.Statistics.Tests.Series;

/// <summary>Reference values: R 4.2.2, lm with dummies of units and periods and the CR1 sandwich written out, on the same made-up panel.</summary>
public sealed class DifferenceInDifferencesTests
{
    private static readonly int?[] First = [null, null, null, 4, 4, 4, 5, 5];
    private static readonly int[] Units = [.. Enumerable.Range(0, 48).Select(row => (row / 6) + 1)];
    private static readonly int[] Periods = [.. Enumerable.Range(0, 48).Select(row => (row % 6) + 1)];
    private static readonly double[] Treatment = [.. Enumerable.Range(0, 48).Select(row => Periods[row] >= First[row / 6] ? 1.0 : 0)];
    private static readonly double[] Y =
    [
        .. Enumerable.Range(0, 48).Select(row => (2.0 * Units[row]) + (0.7 * Periods[row]) + (Units[row] * Periods[row] * 37 % 11 / 5.0)
            + (Treatment[row] * (1 + (0.3 * Math.Max(0, Periods[row] - (First[row / 6] ?? 99)))))),
    ];

    private static Panel Panel => new(Y, Units, Periods);

    [Fact]
    public void Fit_ClusteredByUnit_IsThatOfR()
    {
        var fit = DifferenceInDifferences.Fit(Panel, Treatment);
        fit.Effect.Value.ShouldBe(0.9779874213836416, 1e-12);
        fit.Effect.StandardError.ShouldBe(0.2798153251893587, 1e-12);
        fit.Factor.ShouldBe(1.3101045296167246, 1e-14);
        (fit.Rows, fit.Clusters, fit.AdoptionTimes, fit.Staggered).ShouldBe((48, 8, 2, true));
        fit.NegativeWeight.ShouldBe(0);
    }

    [Fact]
    public void Fit_WeightsAndCovariate_IsThatOfR()
    {
        var fit = DifferenceInDifferences.Fit(
            Panel with
            {
                Weights = [.. Enumerable.Range(0, 48).Select(row => 1.0 + (((Units[row] * 3) + Periods[row]) % 4))],
                Covariates = RowMatrix.FromColumns([.. Enumerable.Range(0, 48).Select(row => Units[row] * Periods[row] * 13 % 7 / 3.0)]),
            },
            Treatment);
        fit.Coefficients.ShouldBe([1.0747585214760254, 0.6257714972891003], 1e-12);
        fit.Covariance.RootDiagonal().ShouldBe([0.1779666784187121, 0.1119037581437758], 1e-12);
        fit.Covariance[0, 1].ShouldBe(0.008183754350824099, 1e-13);
    }

    [Fact]
    public void Fit_ClustersThatCutUnits_CountUnitEffects()
    {
        var fit = DifferenceInDifferences.Fit(Panel with { Clusters = Periods }, Treatment);
        fit.Effect.StandardError.ShouldBe(0.2456121647810714, 1e-12);
        fit.Factor.ShouldBe(1.6588235294117646, 1e-14);
    }

    [Fact]
    public void EventStudy_MadeUpPanel_IsThatOfR()
    {
        var fit = EventStudy.Fit(Panel, [.. Units.Select(unit => First[unit - 1])], new EventStudyOptions { Leads = 3, Lags = 1 });
        fit.Times.ShouldBe([-3, -2, 0, 1]);
        fit.Effects.Select(effect => effect.Value).ShouldBe([0.1960234911200791, 0.5561876459350519, 1.1369914384773314, 1.2096405575603322], 1e-11);
        fit.Effects.Select(effect => effect.StandardError).ShouldBe([0.3509598149949701, 0.3791512979496535, 0.3707638661030387, 0.2456907495792526], 1e-11);
        fit.PreTrend.ShouldBe(1.0771572169754138, 1e-10);
        fit.PreTrendPValue.ShouldBe(0.3909783869852587, 1e-11);
    }

    [Fact]
    public void GroupTimeEffects_MadeUpPanel_IsThatOfTheFormulas()
    {
        int?[] columns = [.. First.Select(first => first - 1)];
        var y = new RowMatrix(8, 6, Y);
        var never = GroupTimeEffects.Fit(y, columns);
        never.Overall.Value.ShouldBe(0.9666666666666678, 1e-12);
        never.Overall.StandardError.ShouldBe(0.2249503804833343, 1e-12);
        never.Cells.Select(cell => cell.Effect.Value).ShouldBe(
            [0.2, 0.2, 0.4666666666666675, 0.2333333333333338, 1.4666666666666672, -0.7333333333333328, 1.1, -1.46666666666667, 1.366666666666668, 1.6666666666666692], 1e-11);
        never.Cells[7].Effect.StandardError.ShouldBe(0.435464843161453, 1e-12);
        var notYet = GroupTimeEffects.Fit(y, columns, ControlUnits.NotYet);
        notYet.Overall.Value.ShouldBe(1.1020512820512833, 1e-12);
        notYet.Overall.StandardError.ShouldBe(0.2512382421091148, 1e-12);
        notYet.Cells[5].Effect.Value.ShouldBe(-0.8333333333333334, 1e-11);
        notYet.Cells[5].Effect.StandardError.ShouldBe(0.3694340015232508, 1e-12);
        notYet.ByTime.Select(pair => pair.Time).ShouldBe([-3, -2, -1, 0, 1, 2]);
    }

    [Fact]
    public void Fit_TwoUnitsTwoPeriods_IsTheDifferenceOfDifferences() => RandomData.ForAllSeeds(seed =>
    {
        // Two periods and treatment of half of the units in the second: every way of calculating it is the same.
        var y = RandomData.Normals(seed, 20);
        var units = Enumerable.Range(0, 20).Select(row => row / 2).ToArray();
        var periods = Enumerable.Range(0, 20).Select(row => 2000 + (row % 2)).ToArray();
        double[] treatment = [.. Enumerable.Range(0, 20).Select(row => row >= 12 && row % 2 == 1 ? 1.0 : 0)];
        var changes = Enumerable.Range(0, 10).Select(unit => y[(2 * unit) + 1] - y[2 * unit]).ToArray();
        var expected = changes[6..].Average() - changes[..6].Average();
        var panel = new Panel(y, units, periods);
        var fit = DifferenceInDifferences.Fit(panel, treatment);
        fit.Effect.Value.ShouldBe(expected, 1e-10);
        fit.Staggered.ShouldBeFalse();
        EventStudy.Fit(panel, [.. units.Select(unit => unit >= 6 ? 2001 : (int?)null)]).Effects[0].Value.ShouldBe(expected, 1e-10);
        GroupTimeEffects.Fit(new RowMatrix(10, 2, y), [.. Enumerable.Range(0, 10).Select(unit => unit >= 6 ? 1 : (int?)null)]).Overall.Value.ShouldBe(expected, 1e-10);

        // Levels of units and periods, the order of the rows and the scale play no part.
        var order = RandomData.Permutation(seed, 20);
        var turned = DifferenceInDifferences.Fit(
            new Panel([.. order.Select(row => (4 * y[row]) + (100 * units[row]) + periods[row])], [.. order.Select(row => 7 - units[row])], [.. order.Select(row => periods[row])]),
            [.. order.Select(row => treatment[row])]);
        turned.Effect.Value.ShouldBe(4 * expected, 1e-8);
        turned.Effect.StandardError.ShouldBe(4 * fit.Effect.StandardError, 1e-8);
    });

    [Fact]
    public void Fit_UnbalancedPanelInTwoParts_SingletonsDoNotCount()
    {
        // Units 1-2 and 3-4 share no period; unit 5 has one row.
        var panel = new Panel(
            [1, 2, 1, 5, 3, 3.5, 2, 6, 2.5, 9],
            [1, 1, 2, 2, 3, 3, 4, 4, 4, 5],
            [1, 2, 1, 2, 3, 4, 3, 4, 5, 5]);
        var fit = DifferenceInDifferences.Fit(panel, [0, 0, 0, 1, 0, 0, 0, 1, 0, 1]);
        fit.Rows.ShouldBe(9);
        fit.Effect.Value.ShouldBe(((5 - 1 - 1) + (6 - 2 - 0.5)) / 2, 1e-12);
        var without = DifferenceInDifferences.Fit(panel with { Weights = [1, 1, 1, 1, 1, 1, 1, 1, 1, 0] }, [0, 0, 0, 1, 0, 0, 0, 1, 0, 1]);
        without.Effect.ShouldBe(fit.Effect);
    }

    [Fact]
    public void Fit_EffectsThatGrow_TellOfNegativeWeights()
    {
        // Nobody stays untreated and the early unit is treated almost throughout: its late periods serve as controls.
        int[] first = [2, 2, 5, 5];
        var rows = Enumerable.Range(0, 24).ToArray();
        var y = RandomData.Normals(3, 24);
        var fit = DifferenceInDifferences.Fit(
            new Panel(y, [.. rows.Select(row => row / 6)], [.. rows.Select(row => row % 6)]), [.. rows.Select(row => row % 6 >= first[row / 6] - 1 ? 1.0 : 0)]);
        fit.NegativeWeight.ShouldBeInRange(0.01, 0.5);
    }

    [Fact]
    public void Panel_BadInput_IsRefused()
    {
        Should.Throw<NoVariationException>(() => DifferenceInDifferences.Fit(Panel, new double[48])).Argument.ShouldBe("treatment");
        Should.Throw<NoVariationException>(() => DifferenceInDifferences.Fit(Panel, [.. Units.Select(unit => unit > 4 ? 0.1 : 0)])).Argument.ShouldBe("treatment");
        Should.Throw<NoVariationException>(() => DifferenceInDifferences.Fit(Panel, [.. Periods.Select(period => period > 3 ? 1.0 : 0)]));
        Should.Throw<NoVariationException>(() => DifferenceInDifferences.Fit(Panel with { Covariates = RowMatrix.FromColumns([.. Units.Select(unit => (double)unit)]) }, Treatment)).Argument.ShouldBe("Covariates");
        Should.Throw<NoVariationException>(() => EventStudy.Fit(Panel, new int?[48]));
        Should.Throw<NoVariationException>(() => EventStudy.Fit(Panel, [.. Units.Select(_ => (int?)4)]));
        Should.Throw<NoVariationException>(() => GroupTimeEffects.Fit(new RowMatrix(2, 2, [1, 2, 3, 4]), [1, 1]));
        Should.Throw<TooFewUnitsException>(() => DifferenceInDifferences.Fit(Panel with { Clusters = new int[48] }, Treatment));
        Should.Throw<InvalidValueException>(() => DifferenceInDifferences.Fit(Panel with { Y = [.. Y.Select((value, row) => row == 5 ? double.NaN : value)] }, Treatment)).Row.ShouldBe(5);
        Should.Throw<InvalidValueException>(() => DifferenceInDifferences.Fit(Panel, [.. Treatment.Select((value, row) => row == 7 ? double.NegativeInfinity : value)]));
        Should.Throw<InvalidValueException>(() => DifferenceInDifferences.Fit(Panel with { Weights = [.. Y.Select(_ => -1.0)] }, Treatment));
        Should.Throw<ArgumentException>(() => DifferenceInDifferences.Fit(Panel with { Units = [1] }, Treatment));
    }
}
