using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Frontiers;

/// <summary>Checks of a frontier's input, and each unit's direction.</summary>
internal static class FrontierData
{
    /// <summary>Throws unless a frontier can be drawn from the data.</summary>
    /// <exception cref="ArgumentException">Shapes do not match, or options contradict each other.</exception>
    /// <exception cref="InvalidValueException">A value that is not finite, or is below 0 where that has no meaning.</exception>
    /// <exception cref="TooFewUnitsException">No unit.</exception>
    public static void Require(RowMatrix inputs, RowMatrix outputs, FrontierOptions options)
    {
        Check.SameLength(inputs.Rows, outputs.Rows, nameof(outputs));
        ArgumentOutOfRangeException.ThrowIfNegative(options.Threads, nameof(options));
        if (inputs.Columns == 0 || outputs.Columns == 0)
        {
            throw new ArgumentException("At least one input and one output are needed.", nameof(inputs));
        }

        if (inputs.Rows == 0)
        {
            throw new TooFewUnitsException(0, 1);
        }

        if (!Enum.IsDefined(options.Returns) || !Enum.IsDefined(options.Orientation))
        {
            throw new ArgumentOutOfRangeException(nameof(options));
        }

        Values(inputs, nameof(inputs), options);
        Values(outputs, nameof(outputs), options);
        Columns(options.FixedInputs, inputs.Columns);
        Columns(options.FixedOutputs, outputs.Columns);
        if (options.WeightRestrictions is { } restrictions)
        {
            Check.SameLength(inputs.Columns + outputs.Columns, restrictions.Columns, nameof(options));
            Check.Finite(restrictions.Values, nameof(options.WeightRestrictions), restrictions.Columns);
            if (options.Returns == ReturnsToScale.FreeDisposal)
            {
                throw new ArgumentException("A free disposal hull has no multipliers to restrict.", nameof(options));
            }
        }

        if (options.Orientation == FrontierOrientation.Directional)
        {
            Directions(inputs, outputs, options);
        }
        else if (options.Directions is not null)
        {
            throw new ArgumentException("Directions are for the directional orientation.", nameof(options));
        }
    }

    /// <summary>g for one unit, inputs first, at least one element above 0.</summary>
    public static double[] Direction(RowMatrix inputs, RowMatrix outputs, int unit, FrontierOptions options)
    {
        var g = new double[inputs.Columns + outputs.Columns];
        if (options.Directions is { } directions)
        {
            directions.Row(directions.Rows == 1 ? 0 : unit).CopyTo(g);
        }
        else
        {
            if (options.Orientation != FrontierOrientation.Output)
            {
                inputs.Row(unit).CopyTo(g);
            }

            if (options.Orientation != FrontierOrientation.Input)
            {
                outputs.Row(unit).CopyTo(g.AsSpan(inputs.Columns));
            }
        }

        foreach (var column in options.FixedInputs ?? [])
        {
            g[column] = 0;
        }

        foreach (var column in options.FixedOutputs ?? [])
        {
            g[inputs.Columns + column] = 0;
        }

        if (Array.TrueForAll(g, element => element == 0))
        {
            throw new InvalidValueException(
                options.Orientation == FrontierOrientation.Output ? nameof(outputs) : nameof(inputs), unit, 0, 0, Requirement.SomeAboveZero);
        }

        return g;
    }

    /// <summary>Some rows of a matrix, in their order.</summary>
    public static RowMatrix Rows(RowMatrix data, int[] rows)
    {
        var picked = new RowMatrix(rows.Length, data.Columns);
        for (var i = 0; i < rows.Length; i++)
        {
            data.Row(rows[i]).CopyTo(picked.Row(i));
        }

        return picked;
    }

    private static void Values(RowMatrix values, string argument, FrontierOptions options)
    {
        Check.Finite(values.Values, argument, values.Columns);

        // Below 0 only where adding a constant to a column changes nothing.
        if (options.Orientation == FrontierOrientation.Directional && options.Returns is ReturnsToScale.Variable or ReturnsToScale.FreeDisposal)
        {
            return;
        }

        for (var i = 0; i < values.Values.Length; i++)
        {
            if (values.Values[i] < 0)
            {
                throw new InvalidValueException(argument, i / values.Columns, i % values.Columns, values.Values[i], Requirement.NotBelowZero);
            }
        }
    }

    private static void Columns(IReadOnlyList<int>? columns, int count)
    {
        foreach (var column in columns ?? [])
        {
            ArgumentOutOfRangeException.ThrowIfNegative(column, nameof(columns));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(column, count, nameof(columns));
        }
    }

    private static void Directions(RowMatrix inputs, RowMatrix outputs, FrontierOptions options)
    {
        if (options.Directions is not { } directions || (directions.Rows != 1 && directions.Rows != inputs.Rows) || directions.Columns != inputs.Columns + outputs.Columns)
        {
            throw new ArgumentException($"The directional orientation needs directions: 1 or {inputs.Rows} rows of {inputs.Columns + outputs.Columns}.", nameof(options));
        }

        Check.Finite(directions.Values, nameof(options.Directions), directions.Columns);
        Check.Between(directions.Values, 0, double.MaxValue, nameof(options.Directions));
    }
}
