using Fikspunkt.Statistics.Survival;

namespace Fikspunkt.Statistics.Tests.Survival;

/// <summary>Input that breaks careless arithmetic gives a typed fault or the documented value.</summary>
public sealed class DegenerateInputSurvivalTests
{
    private static readonly int[][] Causes = [[1, 0, 1, 1, 0, 1], [0, 0, 0, 0, 0, 0], [1, 1, 1, 1, 1, 1], [0, 0, 1, 0, 0, 0], [1, 2, 1, 2, 0, 3]];
    private static readonly int[] Groups = [0, 1, 0, 1, 2, 2];

    // What is NaN by documentation: errors and limits where nobody survives, quantiles that are never reached, groups that nothing is expected of.
    private static readonly string[] Undefined =
    [
        nameof(SurvivalCurve.StandardError), nameof(SurvivalCurve.StandardErrorLog), nameof(ObservedExpectedResult.Ratio), nameof(ObservedExpectedResult.Interval),
    ];

    [Fact]
    public void Curves_HostileTimes_GiveTypedFaultsOrValues() => Outcome.ShouldBeTypedOrValues(
        from times in Hostile.Positive
        from weights in Hostile.Positive.Append(("none", []))
        from cause in Causes
        from call in new (string Name, Func<Spells, object> Call)[]
        {
            ("Kaplan-Meier", KaplanMeier.Fit),
            ("Kaplan-Meier by group", spells => KaplanMeier.FitGroups(spells, Groups)),
            ("competing risks", CompetingRisks.Fit),
            ("log-rank", spells => LogRank.Test(spells, Groups)),
            ("log-rank of one group", spells => LogRank.Test(spells, new int[6])),
        }
        select ($"{call.Name}: {times.Name}, weights {weights.Item1}, causes {string.Join(' ', cause)}", (Func<object>)(() => call.Call(new Spells(times.Values, cause, [], weights.Item2)))),
        Undefined);

    [Fact]
    public void Regressions_HostileColumns_GiveTypedFaultsOrValues() => Outcome.ShouldBeTypedOrValues(
        from times in Hostile.Positive
        from x in Hostile.Columns
        from cause in Causes
        from call in new (string Name, Func<Spells, RowMatrix, object> Call)[]
        {
            ("Cox", (spells, covariates) => CoxRegression.Fit(spells, covariates)),
            ("Cox, Breslow", (spells, covariates) => CoxRegression.Fit(spells, covariates, [], new CoxOptions(TiesMethod.Breslow))),
            ("Cox by strata", (spells, covariates) => CoxRegression.Fit(spells, covariates, Groups)),
            ("piecewise", (spells, covariates) => PiecewiseExponential.Fit(spells, covariates, [1.0])),
            ("discrete", (spells, covariates) => DiscreteHazard.Fit(spells, covariates, [1.0])),
        }
        select ($"{call.Name}: {times.Name} on {x.Name}, causes {string.Join(' ', cause)}", (Func<object>)(() => call.Call(new Spells(times.Values, cause), RowMatrix.FromColumns(x.Values)))),
        [.. Undefined, "Baseline"]);

    [Fact]
    public void Cox_HostileWeights_GiveTypedFaultsOrValues() => Outcome.ShouldBeTypedOrValues(
        from weights in Hostile.Positive
        from x in Hostile.Columns
        select ($"weights {weights.Name} on {x.Name}", (Func<object>)(() => CoxRegression.Fit(new Spells([5, 3, 8, 1, 9, 4], [1, 0, 1, 1, 0, 1], [], weights.Values), RowMatrix.FromColumns(x.Values)))),
        Undefined);

    [Fact]
    public void ObservedExpected_HostileColumns_GiveTypedFaultsOrValues() => Outcome.ShouldBeTypedOrValues(
        from observed in Hostile.Positive
        from expected in Hostile.Positive
        select ($"{observed.Name}, expected {expected.Name}", (Func<object>)(() => ObservedExpected.ByGroup(observed.Values, expected.Values, Groups))),
        Undefined);

    [Fact]
    public void Methods_ValuesThatAreNone_AreRefusedByType()
    {
        int[] cause = [1, 0, 1, 1, 0, 1];
        var spells = new Spells([5, 3, 8, 1, 9, 4], cause);
        foreach (var (_, broken) in Hostile.Broken)
        {
            Should.Throw<InvalidValueException>(() => new Spells(broken, cause)).Row.ShouldBe(2);
            Should.Throw<InvalidValueException>(() => new Spells([5, 3, 8, 1, 9, 4], cause, broken));
            Should.Throw<InvalidValueException>(() => new Spells([5, 3, 8, 1, 9, 4], cause, [], broken)).Row.ShouldBe(2);
            Should.Throw<InvalidValueException>(() => CoxRegression.Fit(spells, RowMatrix.FromColumns(broken))).Row.ShouldBe(2);
            Should.Throw<InvalidValueException>(() => PiecewiseExponential.Fit(spells, RowMatrix.FromColumns(broken), [4.0]));
            Should.Throw<InvalidValueException>(() => PiecewiseExponential.Fit(spells, new RowMatrix(6, 0), [double.NaN]));
        }
    }

    [Fact]
    public void Methods_OneSpell_GiveTypedFaultsOrValues() => Outcome.ShouldBeTypedOrValues(
        from cause in Enumerable.Range(0, 2)
        from call in new (string Name, Func<Spells, object> Call)[]
        {
            ("Kaplan-Meier", KaplanMeier.Fit),
            ("competing risks", CompetingRisks.Fit),
            ("log-rank", spells => LogRank.Test(spells, [0])),
            ("Cox", spells => CoxRegression.Fit(spells, RowMatrix.FromColumns([2.5]))),
            ("piecewise", spells => PiecewiseExponential.Fit(spells, new RowMatrix(1, 0), [])),
            ("discrete", spells => DiscreteHazard.Fit(spells, new RowMatrix(1, 0), [])),
        }
        select ($"{call.Name}: cause {cause}", (Func<object>)(() => call.Call(new Spells([3], [cause])))),
        Undefined);
}
