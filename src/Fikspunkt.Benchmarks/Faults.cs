using System.Globalization;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Models;
using Fikspunkt.Statistics;

namespace Fikspunkt.Benchmarks;

/// <summary>Says in plain words why a model cannot be computed from the data.</summary>
internal static class Faults
{
    public static string Format(string text, params object[] arguments) => string.Format(CultureInfo.CurrentCulture, text, arguments);

    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    public static string SeriesName(string indicator, string breakdown) =>
        breakdown.Length == 0 ? indicator : $"{indicator} ({breakdown})";

    /// <summary>Translates a statistic's refusal.</summary>
    /// <param name="fault">The refusal.</param>
    /// <param name="spec">The model.</param>
    /// <param name="terms">Names of the columns.</param>
    /// <param name="areas">Area codes by row of the fit.</param>
    /// <param name="outcome">Outcome's name.</param>
    /// <param name="period">Period or periods.</param>
    public static InputException Translate(StatisticsException fault, ModelSpec spec, IReadOnlyList<string> terms, IReadOnlyList<string> areas, string outcome, string period)
    {
        var problems = fault switch
        {
            RankDeficientException dependent => [.. dependent.Dependencies.Select(columns => Dependency(columns, spec, terms, outcome, period))],
            TooFewUnitsException few => new[]
            {
                new InputProblem(Format(Texts.TooFewUnits, outcome, period), spec.Id, Found: Number(few.Units), Expected: Format(Texts.ExpectedAtLeast, few.Needed)),
            },
            SeparationException separated =>
            [
                new InputProblem(Format(Texts.Separation, outcome, period, string.Join(", ", separated.Rows.Select(row => areas[row]).Distinct(StringComparer.Ordinal).Take(10))), spec.Id),
            ],
            _ => [new InputProblem(Format(Texts.NoEstimate, outcome, period, fault.Message), spec.Id)],
        };
        return new InputException(problems, fault);
    }

    private static InputProblem Dependency(IReadOnlyList<int> columns, ModelSpec spec, IReadOnlyList<string> terms, string outcome, string period)
    {
        var names = columns.Where(column => column > 0).Select(column => TermName(spec, terms[column])).ToArray();
        var rule = names.Length == 1 ? Format(Texts.ConstantCovariate, names[0], outcome, period) : Format(Texts.Collinear, string.Join(", ", names), outcome, period);
        return new InputProblem(rule, spec.Id);
    }

    private static string TermName(ModelSpec spec, string term) =>
        spec.Covariates.FirstOrDefault(covariate => covariate.Id == term)?.Name.ToString() ?? term;
}
