using System.Data.Common;

namespace Fikspunkt.DuckDb;

/// <summary>DuckDB refused or failed; the message is DuckDB's own where it gave one (<c>"Catalog Error: ..."</c>).</summary>
public sealed class DuckDbException(string message, Exception? innerException = null) : DbException(message, innerException);
