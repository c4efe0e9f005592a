using Fikspunkt.Domain;
using Fikspunkt.Statistics;
using Fikspunkt.Statistics.Frontiers;

namespace Fikspunkt.Benchmarks.Measurements.Jobcentres;

/// <summary>What expenditure is taken per.</summary>
internal enum SpendingPer
{
    /// <summary>Expected full-time person: need, which the jobcentre does not choose.</summary>
    Expected,

    /// <summary>Actual full-time person on the result benefits.</summary>
    Actual,

    /// <summary>Inhabitant.</summary>
    Inhabitant,
}

/// <summary>How jobcentres are compared. The defaults are the analysis as made; each other value is a variant or an objection.</summary>
internal sealed record FrontierChoices
{
    /// <summary>The part of what is booked elsewhere that is counted as well; 1 = all.</summary>
    public double Moved { get; init; }

    /// <summary>What expenditure is taken per.</summary>
    public SpendingPer Per { get; init; }

    /// <summary>Whether only jobcentres with no better environment are compared with.</summary>
    public bool Environment { get; init; }

    /// <summary>Whether the effort for the weakest is an output that may not fall.</summary>
    public bool Weakest { get; init; }

    /// <summary>Whether chance is taken out of the results.</summary>
    public bool Shrunken { get; init; }

    /// <summary>Whether the further benefits count as a result as well.</summary>
    public bool Further { get; init; }

    /// <summary>Whether all results are added up to one.</summary>
    public bool OneResult { get; init; }

    /// <summary>Whether expenditure is left out of account.</summary>
    public bool IgnoresSpending { get; init; }

    /// <summary>Returns to scale.</summary>
    public ReturnsToScale Returns { get; init; } = ReturnsToScale.Variable;
}

/// <summary>A comparison ready to be computed.</summary>
/// <param name="Id">Id.</param>
/// <param name="Name">Name.</param>
/// <param name="Choices">How jobcentres are compared.</param>
/// <param name="Inputs">Expenditure (kr per ...; 1 where it is ignored), then the environment where that counts.</param>
/// <param name="Outputs">Results (expected over actual), then the effort for the weakest where that counts.</param>
/// <param name="RelativeError">Relative standard errors of the results.</param>
/// <param name="Persons">Full-time persons on the benefits that count.</param>
/// <param name="Spending">Expenditure that counts, kr.</param>
internal sealed record FrontierVariant(
    string Id, LocalizedText Name, FrontierChoices Choices, RowMatrix Inputs, RowMatrix Outputs, RowMatrix RelativeError, double[] Persons, double[] Spending)
{
    /// <summary>Whether fewer persons for the same money can be asked for: ratios cannot be scaled up without end (constant returns).</summary>
    public bool GivesPersons => Choices.Returns == ReturnsToScale.Variable;

    /// <summary>Whether less money for the same persons can be asked for.</summary>
    public bool GivesMoney => !Choices.IgnoresSpending;

    /// <summary>Results in place of the measured ones, as when chance is drawn anew.</summary>
    public FrontierVariant WithResults(RowMatrix results)
    {
        var outputs = new RowMatrix(Outputs.Rows, Outputs.Columns, [.. Outputs.Values]);
        for (var unit = 0; unit < results.Rows; unit++)
        {
            results.Row(unit).CopyTo(outputs.Row(unit));
        }

        return this with { Outputs = outputs };
    }

    /// <summary>The same without one jobcentre.</summary>
    public FrontierVariant Without(int unit)
    {
        return this with
        {
            Inputs = Rest(Inputs),
            Outputs = Rest(Outputs),
            RelativeError = Rest(RelativeError),
            Persons = [.. Persons.Where((_, other) => other != unit)],
            Spending = [.. Spending.Where((_, other) => other != unit)],
        };

        RowMatrix Rest(RowMatrix data) => new(data.Rows - 1, data.Columns, [.. data.Values[..(unit * data.Columns)], .. data.Values[((unit + 1) * data.Columns)..]]);
    }

    /// <summary>The options of its frontier.</summary>
    public FrontierOptions Options(FrontierOrientation orientation) => new(Choices.Returns, orientation)
    {
        FixedInputs = Choices.Environment ? [1] : null,
        FixedOutputs = Choices.Weakest ? [Outputs.Columns - 1] : null,
    };

    /// <summary>Makes it from the figures.</summary>
    public static FrontierVariant Of(string id, LocalizedText name, JobcentreFigures figures, FrontierChoices choices)
    {
        double[] spending = [.. figures.Spending.Zip(figures.Elsewhere, (counted, elsewhere) => counted + (choices.Moved * elsewhere))];
        var per = choices.Per switch
        {
            SpendingPer.Actual => figures.Actual,
            SpendingPer.Inhabitant => figures.Population,
            _ => figures.Expected,
        };
        List<double[]> inputs = [choices.IgnoresSpending ? [.. per.Select(_ => 1.0)] : [.. spending.Zip(per, (kroner, persons) => kroner / persons)]];
        if (choices.Environment)
        {
            inputs.Add(figures.Environment);
        }

        var kinds = Kinds(figures, choices);
        List<double[]> outputs = [.. kinds.Select(kind => choices.Shrunken ? kind.ShrunkenIndex : kind.Index)];
        if (choices.Weakest)
        {
            outputs.Add(figures.Weakest);
        }

        double[] persons = [.. Enumerable.Range(0, figures.Areas.Length).Select(unit => kinds.Sum(kind => kind.Actual[unit]))];
        return new FrontierVariant(
            id, name, choices, RowMatrix.FromColumns([.. inputs]), RowMatrix.FromColumns([.. outputs]), RowMatrix.FromColumns([.. kinds.Select(kind => kind.RelativeError)]), persons, spending);
    }

    private static IReadOnlyList<ResultKind> Kinds(JobcentreFigures figures, FrontierChoices choices)
    {
        if (!choices.OneResult)
        {
            return choices.Further ? [.. figures.Results, figures.Further] : figures.Results;
        }

        return [figures.Together];
    }
}
