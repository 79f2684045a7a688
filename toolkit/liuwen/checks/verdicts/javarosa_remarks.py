"""Patterns of the messages of JavaRosa and ODK Validate, with our wording in both languages; the first match counts.

Named groups of a pattern fill the sentence, and `{paths}` the questions whose paths it names. The patterns were taken from
the sources of JavaRosa 5.1 and of ODK Validate.
"""

from liuwen.messages import Sentence

_NO_ANSWER = r"XPath evaluation: type mismatch"

REMARKS: tuple[tuple[str, Sentence], ...] = (
    (
        r"Cycle detected in form's relevant and calculation logic|Dependency cycle|illegal cycle",
        Sentence(
            zh="几道题的 relevant 与 calculation 互相依赖，没有尽头（{paths}）：请去掉其中一处引用。",
            en="the relevant and calculation of {paths} depend on each other in a cycle; remove one of the references.",
        ),
    ),
    # -- expressions ------------------------------------------------------------------------------------------------
    (
        r"cannot handle function '(?P<name>[^']*)' requires (?P<number>.*?) arguments?",
        Sentence(
            zh="函数 {name}() 的参数个数不对（要 {number} 个）：请改正。",
            en="the function {name}() takes {number} arguments; correct the number.",
        ),
    ),
    (
        r"The (?P<name>\S+) function was provided the incorrect number of arguments",
        Sentence(
            zh="函数 {name}() 的参数个数不对：请改正。",
            en="the function {name}() has the wrong number of arguments; correct it.",
        ),
    ),
    (
        r"cannot handle function '(?P<name>[^']*)'",
        Sentence(
            zh="手机不认识函数 {name}()：请核对写法。",
            en="phones do not know the function {name}(); check the spelling.",
        ),
    ),
    (
        r"(?:Mismatched|Unbalanced) brackets or parentheses",
        Sentence(
            zh="括号不成对：请补上。",
            en="the brackets or parentheses do not match; add the missing one.",
        ),
    ),
    (
        r"Couldn't understand the expression starting at this point:\s*(?P<rest>.*?)(?: in expression .*)?$",
        Sentence(
            zh="手机看不懂这个式子，从这里起：“{rest}”。请核对写法。",
            en="phones cannot read this expression from here on: “{rest}”; check the spelling.",
        ),
    ),
    (
        r"an expression is incomplete or wrongly put together|Invalid Axis|Unexpected beginning of path|Parse error in XPath"
        r"|Invalid XPath in value set action",
        Sentence(
            zh="式子不完整，或写法不对：请核对。",
            en="the expression is incomplete or malformed; check it.",
        ),
    ),
    (
        r"Unsupported nodeset expression: (?P<text>.*?)\]?$",
        Sentence(
            zh="手机用不了这样的筛选：“{text}”。列名里不能有冒号和空格，请改名。",
            en="phones cannot use the filter “{text}”; rename columns that have a colon or a space.",
        ),
    ),
    (
        r"only function that may be used in a nodeset expression is randomize",
        Sentence(
            zh="筛选里只能用 randomize() 这一个函数。",
            en="randomize() is the only function allowed in a nodeset.",
        ),
    ),
    (
        r"(?:: )?[^:]*? near index \d+",
        Sentence(
            zh="regex() 里的正则表达式写错了：请核对括号和方括号。",
            en="the regular expression in regex() is invalid; check its brackets.",
        ),
    ),
    (
        r"unsupported construct \[(?P<what>[^\]]*)\]",
        Sentence(
            zh="手机不支持这种写法（{what}）：请换一种写法。",
            en="phones do not support this expression ({what}); write it differently.",
        ),
    ),
    (
        r"Can't set data value for node that has children",
        Sentence(
            zh="组和重复组不能有 calculation 或默认值：请移到题上。",
            en="a group or repeat cannot have a calculation or a default; move it to a question.",
        ),
    ),
    # -- what is read -----------------------------------------------------------------------------------------------
    (
        r"This field is repeated",
        Sentence(
            zh="式子从外面读了重复组里的题，不知读第几个：请用 indexed-repeat() 或 sum()、count() 等函数。",
            en="the expression reads a question inside a repeat from outside, so it is not clear which instance is "
            "meant; use indexed-repeat(), sum() or count().",
        ),
    ),
    (
        r"Instance referenced by instance\((?P<name>[^)]*)\)\S* does not exist|Instance (?P<other>\S+) (?:not found|is missing)",
        Sentence(
            zh="式子要读列表“{name}{other}”，但问卷里没有：请加上，或核对写法。",
            en="the expression reads the list “{name}{other}”, which the form does not have; add it, or check the name.",
        ),
    ),
    (
        r"(?:The path \S+ refers to the l|L)ocation (?P<path>\S+) (?:which )?was not found|Node (?P<node>\S+) does not exist",
        Sentence(
            zh="路径“{path}{node}”不通：请核对。",
            en="the path “{path}{node}” does not exist; check it.",
        ),
    ),
    (
        r"<(?P<part>label|value|copy)> node for itemset doesn't exist",
        Sentence(
            zh="有的列表没有 {part}：请给每个选项写上。",
            en="a list has no {part}; write one for each choice.",
        ),
    ),
    (
        r"The value \"(?P<value>.*?)\" (?:can't be converted to a date|is out of range)",
        Sentence(
            zh="“{value}”不是日期：请核对式子。",
            en="“{value}” is not a date; check the expression.",
        ),
    ),
    (
        r"(?P<name>First argument to randomize|weighted-checklist|indexed-repeat\(\)|not a nodeset)",
        Sentence(
            zh="函数的参数应当是一组题或重复组：请核对式子（{name}）。",
            en="an argument must be a set of questions or a repeat; check the expression ({name}).",
        ),
    ),
    (
        r"converting to (?P<kind>boolean|numeric|string)|" + _NO_ANSWER,
        Sentence(
            zh="式子里的值合不上：请核对式子。",
            en="the expression combines values that do not fit together; check it.",
        ),
    ),
    # -- choices ----------------------------------------------------------------------------------------------------
    (
        r"Select question .*?duplicate",
        Sentence(
            zh="选择题有重复的值：请改掉一个。",
            en="a select question has the same value twice; change one.",
        ),
    ),
    (
        r"Select question '(?P<name>.*?)' has no choices",
        Sentence(zh="选择题没有选项：请加上。", en="a select question has no choices; add some."),
    ),
    (
        r"label text and image uri are both missing for: .*?(?:choice: (?P<number>\d+))",
        Sentence(
            zh="第 {number} 个选项没有文字也没有图片：请写上 label。",
            en="choice {number} has neither a label nor an image; write a label.",
        ),
    ),
    (
        r"Selection value is missing for: .*?(?:choice: (?P<number>\d+))",
        Sentence(zh="第 {number} 个选项没有值：请写上 name。", en="choice {number} has no value; write its name."),
    ),
    (
        r"<item> without proper <(?P<part>label|value)>",
        Sentence(zh="有的选项没有 {part}：请写上。", en="a choice has no {part}; write one."),
    ),
    (
        r"This choice is not valid|could not be loaded into question",
        Sentence(
            zh="默认值或列表文件里的值不是选项：请核对文件的 name 和 label 列。",
            en="a default, or a value in a list file, is not a choice; check the columns name and label of the file.",
        ),
    ),
    # -- structure --------------------------------------------------------------------------------------------------
    (
        r"Group has no children",
        Sentence(
            zh="组里没有题：请加上，或去掉这个组。",
            en="a group contains no questions; add some, or delete the group.",
        ),
    ),
    (
        r"(?P<kind>Question|Group|Repeat) bound to non-existent node: \[(?P<path>[^\]]*)\]",
        Sentence(
            zh="表单主体里的“{path}”在数据部分没有：请核对 ref 或 nodeset。",
            en="the body refers to {path}, which the data part of the form does not have; correct its ref or nodeset.",
        ),
    ),
    (
        r"Targets non-existent node: (?P<path>\S+)",
        Sentence(
            zh="有个动作（setvalue 等）写到“{path}”，但数据部分没有它：请核对。",
            en="an action such as setvalue writes to {path}, which the data part of the form does not have; correct it.",
        ),
    ),
    (
        r"<repeat> member's binding \[(?P<path>[^\]]*)\]",
        Sentence(
            zh="“{path}”放在了不是它自己的重复组里：请移到正确的重复组。",
            en="{path} is placed in a repeat that it does not belong to; move it to the right one.",
        ),
    ),
    (
        r"Cannot bind repeat to|with no binding|<bind> without nodeset|with neither 'ref' nor 'bind'|invalid binding ID",
        Sentence(
            zh="有的题或重复组没有指明存到哪里：请补上 ref 或 nodeset。",
            en="a question or repeat does not say where its answers are stored; add a ref or nodeset.",
        ),
    ),
    (
        r"<itemset> requires <(?P<part>label|copy|value)>|itemset nodeset ref is not a parent of (?P<other>\w+) ref"
        r"|<(?P<third>label|copy|value)> in <itemset> requires|No (?P<fourth>nodeset) attribute in element",
        Sentence(
            zh="选项列表的 {part}{other}{third}{fourth} 没有写或指得不对：请核对 itemset。",
            en="the {part}{other}{third}{fourth} of a choice list is missing or wrong; check the itemset.",
        ),
    ),
    (
        r"Value (?P<value>\S+) of range attribute (?P<name>\S+) can't be parsed",
        Sentence(zh="range 的 {name} 必须是数字，不能是“{value}”。", en="the {name} of a range must be a number, not “{value}”."),
    ),
    # -- texts ------------------------------------------------------------------------------------------------------
    (
        r"'(?P<id>[^']*)': text is not localizable for default locale",
        Sentence(
            zh="默认语言里没有文字“{id}”：请在 itext 里补上。",
            en="the default language has no text “{id}”; add it to the itext.",
        ),
    ),
    (
        r"'(?P<id>[^']*)': text is not localizable for locale (?P<language>[^.]*)",
        Sentence(zh="语言“{language}”里没有文字“{id}”：请补上。", en="the language “{language}” has no text “{id}”; add it."),
    ),
    (
        r"no <translation>s defined|no language specified for <transl|no id defined for <text>|duplicate definition for text",
        Sentence(
            zh="itext（译文）部分不完整或有重复：请核对。",
            en="the itext part (translations) is incomplete or contains duplicates; check it.",
        ),
    ),
    (
        r"duplicate <translation> for language '(?P<language>.*?)'|more than one <translation> set as default",
        Sentence(
            zh="译文里同一种语言（{language}）写了两遍，或有两个默认语言：请留下一个。",
            en="a language ({language}) is defined twice, or there are two default languages; keep one.",
        ),
    ),
    (
        r"Error loading locale (?P<language>.*?)\. There were",
        Sentence(
            zh="语言“{language}”里有默认语言没有的文字：请在默认语言里补上。",
            en="the language “{language}” has texts that the default language lacks; add them there.",
        ),
    ),
    # -- files and the whole ----------------------------------------------------------------------------------------
    (
        r"Unable to parse external secondary instance:?\s*(?P<why>.*?)(?:\s+Problem found.*)?$",
        Sentence(zh="外部列表文件读不出来：请核对文件（{why}）。", en="a list file cannot be read; check the file ({why})."),
    ),
    (
        r"An invalid XML character \(Unicode: 0x(?P<code>\w+)\)",
        Sentence(
            zh="有看不见的控制字符（U+{code}），手机打不开这份问卷：请删去。",
            en="the form contains an invisible control character (U+{code}), and phones cannot open it; delete it.",
        ),
    ),
    (
        r"(?:Element type|Attribute name) \"(?P<name>[^\"]*)\".* must be followed by|(?P<what>well-formed character data)",
        Sentence(
            zh="XML 里的名称写得不对（{name}），手机打不开这份问卷：名称和列名只用字母、数字、下划线、连字符和点。",
            en="a name is not valid in XML ({name}), and phones cannot open the form; use only letters, digits, _, "
            "- and . in names and columns.",
        ),
    ),
    (
        r"For input string: \"(?P<text>[^\"]*)\"",
        Sentence(
            zh="“{text}”不是手机认得的数：请用 0-9 写。",
            en="“{text}” is not a number that phones can read; write it with the digits 0-9.",
        ),
    ),
    (
        r"XML Syntax Error at Line: (?P<line>\d+), Column: (?P<column>\d+)",
        Sentence(
            zh="XML 第 {line} 行第 {column} 列写错了。",
            en="the XML is invalid at line {line}, column {column}.",
        ),
    ),
    (
        r"a part that every XForm has is missing|Unhandled Exception while Parsing",
        Sentence(
            zh="缺少每份 XForm 都有的一部分，手机打不开：请重新导出表单。",
            en="a part that every XForm must have is missing, and phones cannot open it; export the form again.",
        ),
    ),
    (
        r"Unrecognized (?:top-level tag|text content)|An action element occurred in an invalid location|unsupported events",
        Sentence(
            zh="XForm 的 model 里有手机不认识的内容：请删去。",
            en="the model of the XForm contains something that phones do not know; delete it.",
        ),
    ),
)
