using System.Collections;
using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Fikspunkt.DuckDb;

/// <summary>A value for <c>$name</c>, or by its place for <c>$1</c> or <c>?</c>. The type bound is the value's own.</summary>
/// <remarks>Bound are: bool, all integers, Int128, float, double, decimal, string, char, byte[], DateOnly, DateTime (UTC as
/// TIMESTAMP WITH TIME ZONE, else TIMESTAMP), DateTimeOffset, TimeOnly, TimeSpan (INTERVAL), Guid, enums by their number and NULL.</remarks>
public sealed class DuckDbParameter : DbParameter
{
    /// <summary>Makes a parameter without name and value.</summary>
    public DuckDbParameter()
    {
    }

    /// <summary>Makes a positional parameter.</summary>
    public DuckDbParameter(object? value) => Value = value;

    /// <summary>Makes a named parameter; a leading <c>$</c>, <c>@</c> or <c>:</c> is ignored.</summary>
    public DuckDbParameter(string name, object? value) => (ParameterName, Value) = (name, value);

    /// <inheritdoc/>
    public override DbType DbType { get; set; } = DbType.Object;

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Set to anything but input.</exception>
    public override ParameterDirection Direction
    {
        get => ParameterDirection.Input;
        set
        {
            if (value != ParameterDirection.Input)
            {
                throw new NotSupportedException("DuckDB has input parameters only.");
            }
        }
    }

    /// <inheritdoc/>
    public override bool IsNullable { get; set; } = true;

    /// <inheritdoc/>
    [AllowNull]
    public override string ParameterName
    {
        get;
        set => field = value?.TrimStart('$', '@', ':') ?? "";
    } = "";

    /// <inheritdoc/>
    public override int Size { get; set; }

    /// <inheritdoc/>
    [AllowNull]
    public override string SourceColumn { get; set; } = "";

    /// <inheritdoc/>
    public override bool SourceColumnNullMapping { get; set; }

    /// <inheritdoc/>
    public override object? Value { get; set; }

    /// <inheritdoc/>
    public override void ResetDbType() => DbType = DbType.Object;
}

/// <summary>A command's parameters.</summary>
public sealed class DuckDbParameterCollection : DbParameterCollection
{
    private readonly List<DuckDbParameter> items = [];

    /// <inheritdoc/>
    public override int Count => items.Count;

    /// <inheritdoc/>
    public override object SyncRoot => ((ICollection)items).SyncRoot;

    /// <summary>Adds a named value.</summary>
    public DuckDbParameter Add(string name, object? value)
    {
        var parameter = new DuckDbParameter(name, value);
        items.Add(parameter);
        return parameter;
    }

    /// <inheritdoc/>
    public override int Add(object value)
    {
        items.Add(value as DuckDbParameter ?? new DuckDbParameter(value));
        return items.Count - 1;
    }

    /// <inheritdoc/>
    public override void AddRange(Array values)
    {
        foreach (var value in values)
        {
            Add(value!);
        }
    }

    /// <inheritdoc/>
    public override void Clear() => items.Clear();

    /// <inheritdoc/>
    public override bool Contains(object value) => IndexOf(value) >= 0;

    /// <inheritdoc/>
    public override bool Contains(string value) => IndexOf(value) >= 0;

    /// <inheritdoc/>
    public override void CopyTo(Array array, int index) => ((ICollection)items).CopyTo(array, index);

    /// <inheritdoc/>
    public override IEnumerator GetEnumerator() => items.GetEnumerator();

    /// <inheritdoc/>
    public override int IndexOf(object value) => value is DuckDbParameter parameter ? items.IndexOf(parameter) : -1;

    /// <inheritdoc/>
    public override int IndexOf(string parameterName)
    {
        var name = parameterName.TrimStart('$', '@', ':');
        return items.FindIndex(item => string.Equals(item.ParameterName, name, StringComparison.OrdinalIgnoreCase));
    }

    /// <inheritdoc/>
    public override void Insert(int index, object value) => items.Insert(index, (DuckDbParameter)value);

    /// <inheritdoc/>
    public override void Remove(object value) => items.Remove((DuckDbParameter)value);

    /// <inheritdoc/>
    public override void RemoveAt(int index) => items.RemoveAt(index);

    /// <inheritdoc/>
    public override void RemoveAt(string parameterName) => items.RemoveAt(Find(parameterName));

    /// <summary>The parameter for a placeholder: by name, or for <c>$2</c> the second one when it has no name.</summary>
    internal DuckDbParameter? For(string placeholder)
    {
        var index = IndexOf(placeholder);
        if (index < 0 && int.TryParse(placeholder, System.Globalization.CultureInfo.InvariantCulture, out var position)
            && position >= 1 && position <= items.Count && items[position - 1].ParameterName.Length == 0)
        {
            index = position - 1;
        }

        return index < 0 ? null : items[index];
    }

    /// <inheritdoc/>
    protected override DbParameter GetParameter(int index) => items[index];

    /// <inheritdoc/>
    protected override DbParameter GetParameter(string parameterName) => items[Find(parameterName)];

    /// <inheritdoc/>
    protected override void SetParameter(int index, DbParameter value) => items[index] = (DuckDbParameter)value;

    /// <inheritdoc/>
    protected override void SetParameter(string parameterName, DbParameter value) => items[Find(parameterName)] = (DuckDbParameter)value;

    private int Find(string name) => IndexOf(name) is >= 0 and var index ? index : throw new ArgumentException($"There is no parameter '{name}'.", nameof(name));
}
