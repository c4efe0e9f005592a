using Fikspunkt.Benchmarks.Panels;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Measurements;
using Fikspunkt.Domain.Models;
using Fikspunkt.Statistics;
using Fikspunkt.Statistics.Ranks;

namespace Fikspunkt.Benchmarks.Measurements;

/// <summary>What changed between two releases, and why: the change of each difference split into parts that add up exactly.</summary>
/// <remarks>
/// D = A - E, actual minus expected share. From the old release (old data, old benefits, period 0) to the new one (new data, new benefits, period 1):
/// revised data   = D(new data, old benefits, 0) - D(old data, old benefits, 0);
/// benefit set    = D(new data, new benefits, 0) - D(new data, old benefits, 0);
/// actual         = A(1) - A(0);
/// composition    = -[F0(x1) - F0(x0)], what the municipality's own conditions do to its expectation, F0 the old year's fitted formula;
/// economy        = -[E(1) - E(0)] - composition, what the yardstick's own move does (the country's level, and how conditions count).
/// The last three, all with new data and benefits, are the performance: how the municipality moved against what was to be expected.
/// See <c>docs/measurements/release-change.md</c>.
/// </remarks>
internal static class ReleaseChange
{
    private const string Intercept = "(intercept)";

    public static MeasurementResult Run(MeasurementSpec spec, MeasurementInput input)
    {
        var model = input.Definitions.Models[spec.Model!];
        var selected = model.Periods.Select;
        var before = PeriodOf(spec, "from_period", selected[^Math.Min(2, selected.Count)]);
        var after = PeriodOf(spec, "to_period", selected[^1]);
        var oldBenefits = At(BenefitSubset.AllPeriods(model, [.. spec.List("from_benefits")], input.Definitions), before);
        var newBenefits = At(BenefitSubset.AllPeriods(model, [.. spec.List("to_benefits")], input.Definitions), before, after);
        var total = model.Total!.Id;
        var revised = Totals(input.Run(oldBenefits), total, before);
        var revision = DataRevision.Of(input, oldBenefits, before);
        var oldData = revision.Run is { } earlier ? Totals(earlier, total, before) : revised;
        var run = input.Run(newBenefits);
        var (first, second) = (Totals(run, total, before), Totals(run, total, after));
        var old = new OldFormula(newBenefits, run, before);
        var areas = second.Keys.Where(area => oldData.ContainsKey(area) && revised.ContainsKey(area) && first.ContainsKey(area)).Order(StringComparer.Ordinal).ToList();
        var changes = areas.ConvertAll(area => Change.Of(oldData[area], revised[area], first[area], second[area], old.Composition(area, after), model.Ranking.Coverage));
        var sets = RankConfidence.Sets(
            [.. changes.Select(change => change.Performance)],
            RowMatrix.Diagonal([.. changes.Select(change => change.StandardError * change.StandardError)]),
            new RankOptions(model.Ranking.Coverage, model.Ranking.Draws, Seed: model.Ranking.Seed));
        var positions = changes.Select((change, i) => new MeasuredPosition(
            change.Area, total, after, change.Performance, change.StandardError, change.Lower, change.Upper, sets.Rank[i], sets.MarginalLower[i], sets.MarginalUpper[i], changes.Count, change.Class, null)).ToList();
        return new MeasurementResult(
            spec,
            [.. run.Vintages, .. revision.Vintages],
            positions,
            [Table(changes, before, after)],
            [revision.Said(second.Count - changes.Count), .. Statements(changes, positions.ToDictionary(position => position.Area, StringComparer.Ordinal), before, after)],
            run.Notes);
    }

    private static ModelSpec At(ModelSpec model, params Period[] periods) => model with { Periods = model.Periods with { Select = [.. periods.Distinct().Select(period => period.ToString())] } };

    private static Period PeriodOf(MeasurementSpec spec, string name, string otherwise)
    {
        var text = spec.Text(name) is { Length: > 0 } given ? given : otherwise;
        return Period.TryParse(text, out var period) ? period : throw new InputException(new InputProblem(Texts.NotAPeriod, spec.Id, Column: name, Found: text, Expected: "2023QMAT04"));
    }

    private static Dictionary<string, AreaResult> Totals(BenchmarkRun run, string total, Period period) =>
        run.Results.Where(result => result.Outcome == total && result.Period == period).ToDictionary(result => result.Area, StringComparer.Ordinal);

    private static MeasurementTable Table(List<Change> changes, Period before, Period after) => new(
        "change",
        new($"Hvad har ændret sig fra {before} til {after}, og hvorfor", $"What changed from {before} to {after}, and why"),
        new(
            "Delene lægger sammen til ændringen. Præstation = faktisk udvikling, sammensætning og konjunktur tilsammen: hvordan kommunen har flyttet sig i forhold til det ventede. Minus = færre end ventet.",
            "The parts add up to the change. Performance = actual development, composition and economy together: how the municipality has moved against what was to be expected. Minus = fewer than expected."),
        [
            new("area", new("Kommune", "Municipality"), ColumnKind.Area),
            new("change", new("Ændring i alt", "Change in all"), ColumnKind.Points),
            new("revised_data", new("Reviderede data", "Revised data"), ColumnKind.Points),
            new("benefit_set", new("Andre ydelser i målingen", "Changed benefit set"), ColumnKind.Points),
            new("actual", new("Faktisk udvikling", "Actual development"), ColumnKind.Points),
            new("composition", new("Sammensætning", "Composition"), ColumnKind.Points),
            new("economy", new("Konjunktur og målestok", "Economy and yardstick"), ColumnKind.Points),
            new("performance", new("Præstation", "Performance"), ColumnKind.Points),
            new("lower", new("Fra", "From"), ColumnKind.Points),
            new("upper", new("Til", "To"), ColumnKind.Points),
            new("regression_to_mean", new("Ventet tilbagevenden mod middel", "Expected regression to the mean"), ColumnKind.Points),
            new("explained_by_regression", new("Kan være tilbagevenden mod middel", "May be regression to the mean"), ColumnKind.Text),
        ],
        [.. changes.OrderBy(change => change.Performance).ThenBy(change => change.Area, StringComparer.Ordinal).Select(change => (IReadOnlyList<object?>)
        [
            change.Area, change.Total, change.RevisedData, change.BenefitSet, change.Actual, change.Composition, change.Economy, change.Performance,
            change.Lower, change.Upper, change.RegressionToMean, change.MayBeRegression ? new LocalizedText("ja", "yes") : new LocalizedText("nej", "no"),
        ])]);

    private static IEnumerable<Statement> Statements(List<Change> changes, IReadOnlyDictionary<string, MeasuredPosition> positions, Period before, Period after)
    {
        var (better, worse) = (changes.Count(change => change.Class == SignificanceClass.Better), changes.Count(change => change.Class == SignificanceClass.Worse));
        var definition = changes.Count(change => Math.Abs(change.RevisedData + change.BenefitSet) > Math.Abs(change.Performance));
        yield return new Statement(null, "change", new(
            $"Fra {before} til {after}: antal kommuner, der med sikkerhed er blevet bedre i forhold til det ventede: {better}; dårligere: {worse}; for de øvrige kan ændringen være tilfældig. Ændrede data og ydelser betyder mere end egen udvikling for {definition} af {changes.Count}.",
            $"From {before} to {after}: municipalities that have surely become better against what was expected: {better}; worse: {worse}; for the others the change may be chance. Changed data and benefits matter more than their own development for {definition} of {changes.Count}."));
        foreach (var change in changes)
        {
            var position = positions[change.Area];
            yield return new Statement(change.Area, "position", Bilingual.Join(
                new("Efter ændring i forhold til det ventede:", "By the change against what was expected:"),
                Sentences.Position(position.Rank, position.RankLower, position.RankUpper, position.Units)));
            yield return new Statement(change.Area, "change", Sentences.Change(change.Performance, change.Lower, change.Upper, before, change.RegressionToMean));
            yield return new Statement(change.Area, "contribution", change.LargestPart());
            if (change.Contradiction() is { } contradiction)
            {
                yield return new Statement(change.Area, "contradiction", contradiction);
            }
        }
    }

    /// <summary>One municipality's change and its parts.</summary>
    internal sealed record Change(
        string Area, double Total, double RevisedData, double BenefitSet, double Actual, double Composition, double Economy, double StandardError, double Lower, double Upper, double RegressionToMean)
    {
        /// <summary>How the municipality moved against what was to be expected.</summary>
        public double Performance => Actual + Composition + Economy;

        public SignificanceClass Class => Upper < 0 ? SignificanceClass.Better : Lower > 0 ? SignificanceClass.Worse : SignificanceClass.AsExpected;

        /// <summary>The move goes the way that chance in the first period leads one to expect, and that is at least half of it.</summary>
        public bool MayBeRegression => Measurements.RegressionToMean.Explains(RegressionToMean, Performance);

        /// <summary>Which parts the change consists of most; arithmetic, which needs no interval.</summary>
        public LocalizedText LargestPart()
        {
            (LocalizedText Name, double Share)[] parts =
            [
                (new("reviderede data", "revised data"), RevisedData), (new("andre ydelser i målingen", "the changed benefit set"), BenefitSet), (new("faktisk udvikling", "actual development"), Actual),
                (new("sammensætning", "composition"), Composition), (new("konjunktur og målestok", "economy and yardstick"), Economy),
            ];
            var largest = parts.OrderByDescending(part => Math.Abs(part.Share)).Take(2).Select(part => Bilingual.Of($"{part.Name.Da} ({100 * part.Share:+0.00;−0.00;0.00})", $"{part.Name.En} ({100 * part.Share:+0.00;−0.00;0.00})")).ToList();
            return Bilingual.Of(
                $"Kommunens forskel til det ventede er {100 * Total:+0.00;−0.00;0.00} pct.point anderledes end i den gamle udgivelse. De største dele af det er {largest[0].Da} og {largest[1].Da}.",
                $"The municipality's difference from what is expected is {100 * Total:+0.00;−0.00;0.00} percentage points other than in the old release. The largest parts of that are {largest[0].En} and {largest[1].En}.");
        }

        /// <summary>The release shows the opposite of a performance that is beyond chance; <see langword="null"/> when it does not.</summary>
        public LocalizedText? Contradiction() => (Class, Total) switch
        {
            (SignificanceClass.Better, > 0) => new(
                "Den nye udgivelse viser kommunen dårligere, selv om den på ens data og ydelser er blevet bedre ud over det tilfældige: Det er målingen, der er ændret.",
                "The new release shows the municipality worse although on the same data and benefits it has become better beyond chance: it is the measurement that has changed."),
            (SignificanceClass.Worse, < 0) => new(
                "Den nye udgivelse viser kommunen bedre, selv om den på ens data og ydelser er blevet dårligere ud over det tilfældige: Det er målingen, der er ændret.",
                "The new release shows the municipality better although on the same data and benefits it has become worse beyond chance: it is the measurement that has changed."),
            _ => null,
        };

        public static Change Of(AreaResult oldData, AreaResult revised, AreaResult first, AreaResult second, double composition, double coverage)
        {
            var actual = second.Actual - first.Actual;
            var own = -composition;
            var economy = -(second.Expected - first.Expected) - own;

            // Chance in the two periods is taken to be independent: wider than the truth where it lasts from one to the next.
            var error = Math.Sqrt((first.StandardError * first.StandardError) + (second.StandardError * second.StandardError));
            var half = Statistics.Numerics.NormalDistribution.Quantile((1 + coverage) / 2) * error;
            var performance = actual + own + economy;
            return new Change(
                first.Area, second.Difference - oldData.Difference, revised.Difference - oldData.Difference, first.Difference - revised.Difference,
                actual, own, economy, error, performance - half, performance + half, Measurements.RegressionToMean.After(first));
        }
    }

    /// <summary>The formula fitted to the first period, applied to later conditions.</summary>
    private sealed class OldFormula(ModelSpec model, BenchmarkRun run, Period period)
    {
        private readonly Dictionary<string, OutcomeFit> fits = run.Fits.Where(fit => fit.Period == period).ToDictionary(fit => fit.Outcome, StringComparer.Ordinal);
        private readonly ILookup<(string Area, Period Period), AreaResult> results = run.Results.ToLookup(result => (result.Area, result.Period));

        /// <summary>Change of the formula's share from the first period's conditions to the later one's, summed over the outcomes.</summary>
        public double Composition(string area, Period after) =>
            model.Outcomes.Sum(outcome => fits.TryGetValue(outcome.Id, out var fit) ? Share(fit, Conditions(area, after, outcome.Id)) - Share(fit, Conditions(area, period, outcome.Id)) : 0);

        private IReadOnlyList<Contribution> Conditions(string area, Period at, string outcome) =>
            results[(area, at)].First(result => result.Outcome == outcome).Contributions;

        private double Share(OutcomeFit fit, IReadOnlyList<Contribution> conditions)
        {
            var eta = 0.0;
            foreach (var coefficient in fit.Coefficients)
            {
                eta += coefficient.Term == Intercept ? coefficient.Estimate : coefficient.Estimate * Entered(coefficient.Term, conditions);
            }

            return model.Estimator.Family == EstimatorFamily.FractionalLogit ? 1 / (1 + Math.Exp(-eta)) : eta;
        }

        // A term that is no covariate (a period) is the yardstick's, not the municipality's.
        private double Entered(string term, IReadOnlyList<Contribution> conditions) => model.Covariates.FirstOrDefault(covariate => covariate.Id == term) is { } covariate
            ? Transforms.Apply(covariate.Transform, conditions.First(part => part.Covariate == term).Value)
            : 0;
    }
}
