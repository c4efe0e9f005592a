namespace Fikspunkt.Sources.Files;

/// <summary>The forms a file can have. Decided by the content, not by the name.</summary>
internal enum FileForm
{
    /// <summary>Delimited text.</summary>
    Csv,

    /// <summary>An Excel workbook (Office Open XML).</summary>
    Xlsx,

    /// <summary>JSON: jobindsats version 2, version 3, or JSON-stat.</summary>
    Json,
}

/// <summary>The encodings text files come in.</summary>
internal enum FileEncoding
{
    /// <summary>UTF-8, every byte checked.</summary>
    Utf8,

    /// <summary>UTF-16, named by its byte order mark.</summary>
    Utf16,

    /// <summary>Windows-1252: what is left when the bytes are not UTF-8.</summary>
    Windows1252,
}
