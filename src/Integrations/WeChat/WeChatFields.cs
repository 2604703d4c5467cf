namespace WuShe.Integrations.WeChat;

/// <summary>One XML element of a push: text, or further elements (repeated ones repeat).</summary>
public sealed class WeChatFields(string name)
{
    private List<WeChatFields>? _children;

    public string Name { get; } = name;

    /// <summary>As delivered, white space included; empty where there are child elements.</summary>
    public string Text { get; internal set; } = "";

    public IReadOnlyList<WeChatFields> Children => _children ?? (IReadOnlyList<WeChatFields>)[];

    /// <summary>The text of the first child of that name; null when there is none.</summary>
    public string? this[string child]
    {
        get
        {
            if (_children is null) return null;
            foreach (var field in _children)
                if (field.Name == child) return field.Text;
            return null;
        }
    }

    internal void Add(WeChatFields child) => (_children ??= new List<WeChatFields>(12)).Add(child);
}
