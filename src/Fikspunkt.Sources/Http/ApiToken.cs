using Fikspunkt.Domain;

namespace Fikspunkt.Sources.Http;

/// <summary>A secret key to an API. It is never part of a text, a log line or an error.</summary>
public sealed class ApiToken
{
    /// <summary>The environment variable that holds the key to jobindsats.dk.</summary>
    public const string JobindsatsVariable = "JOBINDSATS_API_TOKEN";

    private ApiToken(string value) => Value = value;

    internal string Value { get; }

    /// <summary>Reads the key from a file when one is named, else from the environment variable.</summary>
    /// <param name="file">A text file that holds the key and nothing else, or <see langword="null"/>.</param>
    /// <param name="variable">The environment variable to read without a file.</param>
    /// <exception cref="InputException">There is no key, or what is there cannot be one.</exception>
    public static ApiToken Read(string? file, string variable = JobindsatsVariable)
    {
        string? text;
        try
        {
            text = file is null ? Environment.GetEnvironmentVariable(variable) : File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(new InputProblem(Texts.TokenFileUnreadable, file, Expected: Texts.TokenFileExpected), e);
        }

        var value = text?.Trim() ?? string.Empty;
        if (value.Length == 0)
        {
            throw new InputException(new InputProblem(Texts.TokenMissing, file ?? variable, Expected: Texts.TokenExpected));
        }

        // What was found is not shown: it may be the key with a slip in it.
        return value.All(c => c is > ' ' and < (char)127)
            ? new ApiToken(value)
            : throw new InputException(new InputProblem(Texts.TokenMalformed, file ?? variable, Expected: Texts.TokenExpected));
    }

    /// <summary>Never the key.</summary>
    public override string ToString() => "***";
}
