using System.Numerics.Tensors;

namespace Fikspunkt.Statistics.Numerics;

/// <summary>Checks of input at the public edge of the library.</summary>
internal static class Check
{
    public static void Finite(ReadOnlySpan<double> values, string argument, int columns = 1)
    {
        // One pass decides for clean data: a sum of absolute values is finite only if all of them are (or it overflows, and then the loop decides).
        if (double.IsFinite(TensorPrimitives.SumOfMagnitudes(values)))
        {
            return;
        }

        for (var i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                throw new InvalidValueException(argument, i / columns, i % columns, values[i], Requirement.Finite);
            }
        }
    }

    /// <summary>Columns whose squares and inverses stay within the doubles: the largest magnitude of each is 0 or from 1e-150 to 1e150.</summary>
    public static void Scaled(ReadOnlySpan<double> values, string argument, int columns = 1)
    {
        for (var column = 0; column < columns; column++)
        {
            var largest = column;
            for (var i = column; i < values.Length; i += columns)
            {
                largest = Math.Abs(values[i]) > Math.Abs(values[largest]) ? i : largest;
            }

            if (largest < values.Length && values[largest] != 0 && Math.Abs(values[largest]) is < 1e-150 or > 1e150)
            {
                throw new InvalidValueException(argument, largest / columns, column, values[largest], Requirement.SquaresInRange);
            }
        }
    }

    /// <summary>Results are numbers; NaN here means that something on the way left the doubles.</summary>
    public static void Calculated(string quantity, params ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            if (double.IsNaN(value))
            {
                throw new NumericRangeException(quantity);
            }
        }
    }

    public static void Between(ReadOnlySpan<double> values, double lowest, double highest, string argument)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (!(values[i] >= lowest && values[i] <= highest))
            {
                throw new InvalidValueException(argument, i, 0, values[i], Requirement.Within, lowest, highest);
            }
        }
    }

    public static void Positive(ReadOnlySpan<double> values, string argument)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (!(values[i] > 0 && double.IsFinite(values[i])))
            {
                throw new InvalidValueException(argument, i, 0, values[i], Requirement.AboveZero);
            }
        }
    }

    public static void SameLength(int expected, int found, string argument)
    {
        if (expected != found)
        {
            throw new ArgumentException($"{expected} values are needed, {found} were given.", argument);
        }
    }

    /// <summary>Group numbers must be 0, 1, ..., each used at least once; returns how many there are.</summary>
    public static int Groups(ReadOnlySpan<int> groups, int rows)
    {
        SameLength(rows, groups.Length, nameof(groups));
        var count = 0;
        foreach (var group in groups)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(group, nameof(groups));
            count = Math.Max(count, group + 1);
        }

        var seen = new bool[count];
        foreach (var group in groups)
        {
            seen[group] = true;
        }

        return Array.IndexOf(seen, false) is var gap and >= 0
            ? throw new ArgumentException($"No row belongs to group {gap}.", nameof(groups))
            : count;
    }
}
